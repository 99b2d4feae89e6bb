import type { ReactNode } from "react";

/** A page that says one thing: what happened, what is safe, what to do. */
export function MessagePage(props: { title: string; words: string; state?: string; children: ReactNode }) {
  const { title, words, state, children } = props;
  return (
    <div className="wrap section grid max-w-xl justify-items-start gap-4 md:py-24" data-state={state}>
      <h1>{title}</h1>
      <p className="max-w-[52ch] text-lead text-ink-muted">{words}</p>
      {children}
    </div>
  );
}
