import { Undo2 } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { decisionStateLabels } from "~/features/submissions/submission";
import { Button } from "~/ui/button";
import { type DeskAnswer, UNDO_WINDOW_MS } from "./decision";
import { bulkWords } from "./desk-notice";

const WINDOW_SECONDS = UNDO_WINDOW_MS / 1_000;

/** Something that was just done, with what takes it back. */
export interface Undoable {
  key: string;
  /** The one done last is taken back first. */
  order: number;
  /** What was done, and to what. */
  title: string;
  words: string;
  /** Until when it can be taken back, and the server's time when it said so. ISO. */
  until: string;
  at: string;
  intent: "undo" | "undo_bulk";
  fields: Readonly<Record<string, string>>;
}

export function undoableOf(answer: DeskAnswer, order: number): Undoable | null {
  if (!("done" in answer)) return null;
  const { done } = answer;
  if (done.kind === "bulk") {
    const { bulkId, undoableUntil } = done.report;
    if (undoableUntil === null) return null;
    const form = { intent: "undo_bulk", fields: { bulkId } } as const;
    return {
      key: bulkId,
      order,
      title: bulkWords(done.report),
      words: ".",
      until: undoableUntil,
      at: done.at,
      ...form,
    };
  }
  if (done.kind !== "decided" || !done.entry?.lastDecision?.undoableUntil) return null;
  const { submissionId, version, state, creatorName, lastDecision } = done.entry;
  return {
    key: submissionId,
    order,
    title: decisionStateLabels[state],
    words: `: ${creatorName}.`,
    until: lastDecision.undoableUntil ?? "",
    at: done.at,
    intent: "undo",
    fields: { submissionId, seenVersion: String(version) },
  };
}

/** What was just done, with its way back while there is one. Without `onSubmit` the form is an ordinary one. */
export function UndoToast({ of, onSubmit }: { of: Undoable; onSubmit?: (event: FormEvent<HTMLFormElement>) => void }) {
  const left = useSecondsLeft(Date.parse(of.until) - Date.parse(of.at));
  if (left === 0) return null;
  return (
    <div className="toast" data-testid="undo-toast">
      <p>
        <span role="status">
          <strong>{of.title}</strong>
          {of.words}
        </span>{" "}
        <span className="opacity-80">Nothing is sent for {left ?? WINDOW_SECONDS} s.</span>
      </p>
      <form method="post" onSubmit={onSubmit}>
        <HiddenFields of={of.fields} />
        <Button type="submit" name="intent" value={of.intent} data-key="u">
          <Undo2 size={16} aria-hidden="true" /> Undo
        </Button>
      </form>
    </div>
  );
}

function HiddenFields({ of }: { of: Readonly<Record<string, string>> }): ReactNode {
  return Object.entries(of).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

/**
 * Whole seconds of what was left when this was drawn, whatever this machine's clock says; null before the first tick,
 * so that server and browser draw the same.
 */
function useSecondsLeft(leftMs: number): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const drawnAt = performance.now();
    const tick = () => setLeft(Math.max(0, Math.ceil((leftMs - (performance.now() - drawnAt)) / 1_000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [leftMs]);
  return left;
}
