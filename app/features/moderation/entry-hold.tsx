import { Pause, Play } from "lucide-react";
import { useId } from "react";
import { type Anomaly, anomalyMeasure, anomalyWords } from "~/features/submissions/anomaly";
import { HELD_WORDS, holdReasonLabels, holdReasons } from "~/features/submissions/hold";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Time } from "~/ui/time";
import { type ContextForm, InPlace, NoteField } from "./context-form";
import { contextPath, type ShownHold } from "./entry-context";

/** Whether an entry's numbers count, and the one thing that can be done about it. */
export function EntryHold({ context, answer, Form }: ContextForm) {
  const { hold, mayHold, entry, slug } = context;
  const id = useId();
  const invalid = answer && "invalid" in answer && answer.invalid.filled.intent === mayHold ? answer.invalid : null;
  return (
    <>
      {hold && <HoldBox hold={hold} />}
      {mayHold === "hold" && (
        <details open={invalid !== null}>
          <summary className="btn">
            <Pause size={15} aria-hidden="true" /> Hold…
          </summary>
          <Form method="post" action={contextPath(slug, entry.submissionId)} className="mt-3 grid gap-3">
            <InPlace />
            <p className="hint">
              Its rank counts with the numbers of now until you release it. Everybody reads that they are being checked.
            </p>
            <Field id={`${id}-reason`} label="Reason" hint="The creator reads it." errors={invalid?.errors.reason}>
              {(wiring) => (
                <select className="input" name="reason" required defaultValue="" {...wiring}>
                  <option value="" disabled>
                    Choose a reason
                  </option>
                  {holdReasons.map((code) => (
                    <option key={code} value={code}>
                      {holdReasonLabels[code]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <NoteField id={`${id}-note`} label="Internal note" name="note" errors={invalid?.errors.note} />
            <Button type="submit" name="intent" value="hold" tone="primary">
              Hold
            </Button>
          </Form>
        </details>
      )}
      {mayHold === "release" && (
        <Form method="post" action={contextPath(slug, entry.submissionId)} className="mt-3 grid gap-3">
          <InPlace />
          <NoteField id={`${id}-note`} label="What came of the check" name="note" errors={invalid?.errors.note} />
          <Button type="submit" name="intent" value="release">
            <Play size={15} aria-hidden="true" /> Release
          </Button>
        </Form>
      )}
      {!hold && mayHold === null && (
        <p className="hint">
          {entry.state === "approved"
            ? "It can be held once its approval counts, until the board is frozen."
            : "Only an approved entry can be held."}
        </p>
      )}
    </>
  );
}

function HoldBox({ hold }: { hold: ShownHold }) {
  const { reason, by, at, begun, anomaly } = hold;
  return (
    <div className="held-box">
      <p>
        <strong>{begun ? HELD_WORDS : "It will be held once it is approved"}</strong>
      </p>
      {anomaly && <Evidence anomaly={anomaly} />}
      <p>
        {reason !== "RULE" && `${holdReasonLabels[reason]}. `}By {by}, <Time at={at} />.
      </p>
      <p>{begun ? <Meanwhile hold={hold} /> : "It will have no rank until somebody releases it."}</p>
    </div>
  );
}

/** What the system found, as a person can check it in the numbers. */
function Evidence({ anomaly }: { anomaly: Anomaly }) {
  return (
    <p>
      <strong className="text-lead">{anomalyWords(anomaly)}</strong>
      <br />
      <Time at={anomaly.fromAt} /> to <Time at={anomaly.toAt} />: {anomalyMeasure(anomaly)}.
    </p>
  );
}

function Meanwhile({ hold: { reason, views, viewsAt } }: { hold: ShownHold }) {
  if (views === null) {
    return reason === "RULE"
      ? "It has no rank until somebody releases it: nobody has cleared its numbers."
      : "It has no rank meanwhile: no numbers are known from before.";
  }
  return (
    <>
      It counts with {views.toLocaleString("en")} views
      {viewsAt && (
        <>
          {" "}
          of <Time at={viewsAt} />
        </>
      )}
      .
    </>
  );
}
