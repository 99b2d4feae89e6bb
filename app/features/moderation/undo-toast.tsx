import { Form } from "@remix-run/react";
import { Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { decisionStateLabels } from "~/features/submissions/submission";
import { Button } from "~/ui/button";
import type { ReviewEntry } from "./decision";
import { DecisionOn } from "./decision-on";

/** What was just done, with its way back while there is one. */
export function UndoToast({ entry }: { entry: ReviewEntry }) {
  const until = entry.lastDecision?.undoableUntil ?? null;
  const left = useSecondsLeft(until);
  if (until === null || left === 0) return null;
  return (
    <div className="toast" role="status" data-testid="undo-toast">
      <p>
        <strong>{decisionStateLabels[entry.state]}</strong>: {entry.creatorName}.{" "}
        <span className="opacity-80">Nothing is sent for {left ?? 10} s.</span>
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

/** Whole seconds until an instant; null before the first tick, so that server and browser draw the same. */
function useSecondsLeft(until: string | null): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (until === null) return;
    const tick = () => setLeft(Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
