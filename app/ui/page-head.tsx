import type { ReactNode } from "react";

/** A page's one h1, a line about it, and what can be done here. */
export function PageHead({ title, lede, children }: { title: string; lede: string; children?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-4">
      <div>
        <h1>{title}</h1>
        <p className="mt-1 text-ink-muted">{lede}</p>
      </div>
      {children}
    </header>
  );
}
