import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { choosableReasons, type ReviewEntry, reasonLabels, type VerdictIntent } from "./decision";
import { DecisionOn } from "./decision-on";

/** Verdicts that need words before they are given. */
export type ExplainedIntent = Exclude<VerdictIntent, "approve" | "flag">;

export function isExplained(intent: VerdictIntent): intent is ExplainedIntent {
  return intent !== "approve" && intent !== "flag";
}

export const verdictLabels: Record<VerdictIntent, string> = {
  approve: "Approve",
  reject: "Reject",
  flag: "Flag",
  request_change: "Request change",
  disqualify: "Disqualify",
  remove: "Remove",
};

type Complaints = Record<string, string[] | undefined>;

/** Why an entry is not (or not yet) accepted, in the words that the creator reads. A native dialog: Escape closes it. */
export function VerdictDialog(props: {
  asked: { entry: ReviewEntry; intent: ExplainedIntent } | null;
  complaints: Complaints;
  onClose: () => void;
}) {
  const { asked, complaints, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asked && !dialog.current?.open) dialog.current?.showModal();
    if (!asked) dialog.current?.close();
  }, [asked]);
  return (
    <dialog ref={dialog} className="modal" aria-labelledby="verdict-title" onClose={onClose}>
      {asked && (
        <Form method="post" className="grid gap-5" onSubmit={() => dialog.current?.close()}>
          <h2 id="verdict-title">
            {verdictLabels[asked.intent]}: {asked.entry.creatorName}’s entry
          </h2>
          <DecisionOn submissionId={asked.entry.submissionId} seenVersion={asked.entry.version} />
          <VerdictFields intent={asked.intent} prefix="dialog" complaints={complaints} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => dialog.current?.close()}>Cancel</Button>
            <Button type="submit" name="intent" value={asked.intent} tone="danger">
              {verdictLabels[asked.intent]}
            </Button>
          </div>
        </Form>
      )}
    </dialog>
  );
}

export function VerdictFields(props: { intent: ExplainedIntent; prefix: string; complaints?: Complaints }) {
  const { intent, prefix, complaints = {} } = props;
  const asksChange = intent === "request_change";
  return (
    <>
      {!asksChange && (
        <Field id={`${prefix}-reason`} label="Reason" errors={complaints.reason}>
          {(wiring) => (
            <select className="input" name="reason" required defaultValue="" {...wiring}>
              <option value="" disabled>
                Choose a reason
              </option>
              {choosableReasons.map((code) => (
                <option key={code} value={code}>
                  {reasonLabels[code]}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field
        id={`${prefix}-message`}
        label="Message to the creator"
        hint={
          asksChange
            ? "Say what to change. They resubmit the same entry before the deadline."
            : "Left empty, they read the reason's own sentence. “Another reason” needs a message."
        }
        errors={complaints.message}
      >
        {(wiring) => (
          <textarea className="input" name="message" rows={3} maxLength={1000} required={asksChange} {...wiring} />
        )}
      </Field>
    </>
  );
}
