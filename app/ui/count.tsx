import type { LucideIcon } from "lucide-react";

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en");

/** A count in short (`48.1K`), with the whole number as what is read out. Unknown: nothing. */
export function Count({ value, unit, icon: Icon }: { value: number | null; unit: string; icon: LucideIcon }) {
  if (value === null) return null;
  return (
    <span title={`${whole.format(value)} ${unit}`}>
      <Icon size={13} aria-hidden="true" />
      <span aria-hidden="true">{compact.format(value)}</span>
      <span className="sr-only">
        {whole.format(value)} {unit}
      </span>
    </span>
  );
}
