import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { reasonLabels } from "~/features/submissions/reason";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { choosableReasons, type ReviewEntry, type VerdictIntent } from "./decision";
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
  reopen: "Reopen",
  disqualify: "Disqualify",
  remove: "Remove",
};

const verdictTitles: Record<ExplainedIntent, string> = {
  reject: "Reject this entry",
  request_change: "Request a change",
  reopen: "Approve this entry after all",
  disqualify: "Disqualify this entry",
  remove: "Remove this entry",
};

/** A verdict's form as it came back: what was filled in, and what is wrong with it. */
export interface FilledVerdict {
  filled: Record<string, string>;
  errors: Record<string, string[] | undefined>;
}

/** Only for the form that it came from. */
export function filledFor(verdict: FilledVerdict | null, submissionId: string, intent: VerdictIntent) {
  const same = verdict?.filled.submissionId === submissionId && verdict.filled.intent === intent;
  return same ? verdict : null;
}

/** Why an entry is not (or not yet) accepted, in the words that the creator reads. A native dialog: Escape closes it. */
export function VerdictDialog(props: {
  asked: { entry: ReviewEntry; intent: ExplainedIntent } | null;
  filled: FilledVerdict | null;
  onClose: () => void;
}) {
  const { asked, filled, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asked && !dialog.current?.open) dialog.current?.showModal();
    if (!asked) dialog.current?.close();
  }, [asked]);
  useEffect(() => {
    if (filled) dialog.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [filled]);
  // The event comes a moment after the closing: by then the dialog may have been opened again, on another key press.
  const onClosed = () => {
    if (!dialog.current?.open) onClose();
  };
  return (
    <dialog ref={dialog} className="modal" aria-labelledby="verdict-title" onClose={onClosed}>
      {asked && (
        <Form method="post" className="grid gap-5">
          <AskedEntry entry={asked.entry} intent={asked.intent} />
          <DecisionOn submissionId={asked.entry.submissionId} seenVersion={asked.entry.version} />
          <VerdictFields intent={asked.intent} prefix="dialog" filled={filled} />
          <div className="modal-foot">
            <Button onClick={() => dialog.current?.close()}>Cancel</Button>
            <Button
              type="submit"
              name="intent"
              value={asked.intent}
              tone={asked.intent in wordHints ? "primary" : "danger"}
            >
              {verdictLabels[asked.intent]}
            </Button>
          </div>
        </Form>
      )}
    </dialog>
  );
}

function AskedEntry({ entry, intent }: { entry: ReviewEntry; intent: ExplainedIntent }) {
  const { video, creatorName } = entry;
  return (
    <header className="flex items-center gap-4">
      {video.coverUrl && (
        <div className="cover w-11 flex-none" aria-hidden="true">
          <img src={video.coverUrl} alt="" width={44} height={78} referrerPolicy="no-referrer" />
        </div>
      )}
      <div className="min-w-0">
        <h2 id="verdict-title">{verdictTitles[intent]}</h2>
        <p className="caption mt-1" dir="auto">
          <strong>{creatorName}</strong> {video.caption}
        </p>
      </div>
    </header>
  );
}

/** Verdicts without a reason from the list: their words are needed. */
const wordHints: Partial<Record<ExplainedIntent, string>> = {
  request_change: "Say what to change. They resubmit the same entry before the deadline.",
  reopen: "Say why it is approved after all.",
};

export function VerdictFields(props: { intent: ExplainedIntent; prefix: string; filled: FilledVerdict | null }) {
  const { intent, prefix, filled } = props;
  const hint = wordHints[intent];
  return (
    <>
      {!hint && (
        <Field id={`${prefix}-reason`} label="Reason" errors={filled?.errors.reason}>
          {(wiring) => (
            <select className="input" name="reason" required defaultValue={filled?.filled.reason ?? ""} {...wiring}>
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
        hint={hint ?? "Left empty, they read the reason's own sentence. “Another reason” needs a message."}
        errors={filled?.errors.message}
      >
        {(wiring) => (
          <textarea
            className="input"
            name="message"
            rows={3}
            maxLength={1000}
            required={hint !== undefined}
            defaultValue={filled?.filled.message}
            {...wiring}
          />
        )}
      </Field>
    </>
  );
}
