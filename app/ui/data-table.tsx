import type { ReactNode } from "react";

/** A table in a panel that scrolls sideways where there is no room for it. `label`: what it is a table of. */
export function DataTable({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling table must be reachable by keyboard
    <section className="panel overflow-x-auto" aria-label={label} tabIndex={0}>
      <table className={className ? `table ${className}` : "table"}>{children}</table>
    </section>
  );
}
