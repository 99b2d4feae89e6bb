import { Pause } from "lucide-react";
import { Chip } from "~/ui/chip";
import type { HeldEntry } from "./decision";

/** Numbers under check: beside the decision state, which stays as it is. */
export function HeldChip() {
  return (
    <Chip tone="held" icon={Pause}>
      Held
    </Chip>
  );
}

/** On a card: that its numbers are being checked, or will be once it is approved, and why. */
export function HeldLine({ hold: { why, begun } }: { hold: HeldEntry }) {
  return (
    <p className="held-line">
      {begun ? <HeldChip /> : <strong>Held once approved</strong>}
      <span className="min-w-0 break-words" dir="auto">
        {why}
      </span>
    </p>
  );
}
