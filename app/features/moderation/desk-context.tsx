import { useFetcher } from "@remix-run/react";
import { X } from "lucide-react";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Button } from "~/ui/button";
import { contextPath, type EntryContext } from "./entry-context";

/** Whoever moves on quickly reads nothing of what they pass. */
const SETTLED_MS = 150;

/** It comes with the first entry that is asked about: a desk with the panel closed does not carry it. */
const EntryContextPanel = lazy(() =>
  import("./entry-context-panel").then((module) => ({ default: module.EntryContextPanel })),
);

/** What is known of the entry that the moderator looks at, beside the list; follows them from card to card. */
export function DeskContext(props: { slug: string; submissionId: string | null; onClose: () => void }) {
  const { slug, submissionId, onClose } = props;
  const { data: context, load } = useFetcher<EntryContext | null>();
  const loading = useRef(load);
  loading.current = load;
  const box = useRef<HTMLElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (submissionId === null) return;
    const timer = setTimeout(() => loading.current(contextPath(slug, submissionId)), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [slug, submissionId]);
  useEffect(() => {
    // On a small screen it lies over the list.
    if (box.current && getComputedStyle(box.current).position === "fixed") close.current?.focus();
  }, []);
  const shown = context && context.entry.submissionId === submissionId ? context : null;
  return (
    <aside ref={box} className="desk-context" aria-label="What is known of this entry" aria-busy={shown === null}>
      <div className="desk-context-head">
        <strong>What is known</strong>
        <Button ref={close} tone="quiet" data-key="escape" aria-label="Close what is known" onClick={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </div>
      {submissionId === null ? (
        <p className="hint">No entry is here.</p>
      ) : (
        <Suspense fallback={<Reading />}>
          {shown ? <EntryContextPanel key={submissionId} context={shown} answer={null} /> : <Reading />}
        </Suspense>
      )}
    </aside>
  );
}

function Reading() {
  return <p className="hint">Reading what is known…</p>;
}
