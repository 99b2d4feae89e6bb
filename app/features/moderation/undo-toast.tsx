import { Form } from "@remix-run/react";
import { Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { decisionStateLabels } from "~/features/submissions/submission";
import { Button } from "~/ui/button";
import { type ReviewEntry, UNDO_WINDOW_MS } from "./decision";
import { DecisionOn } from "./decision-on";

const WINDOW_SECONDS = UNDO_WINDOW_MS / 1_000;

type Undoable = Pick<ReviewEntry, "submissionId" | "version" | "state" | "creatorName"> & {
  lastDecision: { undoableUntil: string | null } | null;
};

/** What was just done, with its way back while there is one. `at`: the server's time when it drew this, ISO. */
export function UndoToast({ entry, at }: { entry: Undoable; at: string }) {
  const until = entry.lastDecision?.undoableUntil ?? null;
  const left = useSecondsLeft(until === null ? 0 : Date.parse(until) - Date.parse(at));
  if (until === null || left === 0) return null;
  return (
    <div className="toast" data-testid="undo-toast">
      <p>
        <span role="status">
          <strong>{decisionStateLabels[entry.state]}</strong>: {entry.creatorName}.
        </span>{" "}
        <span className="opacity-80">Nothing is sent for {left ?? WINDOW_SECONDS} s.</span>
      </p>
      <Form method="post">
        <DecisionOn submissionId={entry.submissionId} seenVersion={entry.version} />
        <Button type="submit" name="intent" value="undo">
          <Undo2 size={16} aria-hidden="true" /> Undo
        </Button>
      </Form>
    </div>
  );
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
