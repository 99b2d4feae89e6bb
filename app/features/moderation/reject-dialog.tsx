import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { type ReasonCode, type ReviewEntry, reasonCodes, reasonLabels } from "./decision";
import { DecisionOn } from "./decision-on";

/** CHANGE_NOT_MADE is the system's own reason. */
const choosable = reasonCodes.filter((code) => code !== "CHANGE_NOT_MADE");

/** Why an entry is not accepted: a reason, and the words that the creator reads. A native dialog: Escape closes it. */
export function RejectDialog(props: {
  entry: ReviewEntry | null;
  complaints: Record<string, string[] | undefined>;
  onClose: () => void;
}) {
  const { entry, complaints, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (entry && !dialog.current?.open) dialog.current?.showModal();
    if (!entry) dialog.current?.close();
  }, [entry]);
  return (
    <dialog ref={dialog} className="modal" aria-labelledby="reject-title" onClose={onClose}>
      {entry && (
        <Form method="post" className="grid gap-5" onSubmit={() => dialog.current?.close()}>
          <h2 id="reject-title">Reject {entry.creatorName}’s entry</h2>
          <DecisionOn submissionId={entry.submissionId} seenVersion={entry.version} />
          <RejectFields prefix="dialog" complaints={complaints} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => dialog.current?.close()}>Cancel</Button>
            <Button type="submit" name="intent" value="reject" tone="danger">
              Reject
            </Button>
          </div>
        </Form>
      )}
    </dialog>
  );
}

export function RejectFields({
  prefix,
  complaints = {},
}: {
  prefix: string;
  complaints?: Record<string, string[] | undefined>;
}) {
  return (
    <>
      <Field id={`${prefix}-reason`} label="Reason" errors={complaints.reason}>
        {(wiring) => (
          <select className="input" name="reason" required defaultValue="" {...wiring}>
            <option value="" disabled>
              Choose a reason
            </option>
            {choosable.map((code: ReasonCode) => (
              <option key={code} value={code}>
                {reasonLabels[code]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        id={`${prefix}-message`}
        label="Message to the creator"
        hint="Left empty, they read the reason's own sentence. “Another reason” needs a message."
        errors={complaints.message}
      >
        {(wiring) => <textarea className="input" name="message" rows={3} maxLength={1000} {...wiring} />}
      </Field>
    </>
  );
}
