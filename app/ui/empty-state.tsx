import type { ReactNode } from "react";

/** Nothing to show yet: one sentence, and one action where there is one. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="panel my-6 grid justify-items-center gap-3 px-6 py-14 text-center" data-state="empty">
      <p className="font-semibold text-ink-strong">{title}</p>
      <p className="max-w-[44ch] text-ink-muted">{children}</p>
      {action}
    </div>
  );
}
