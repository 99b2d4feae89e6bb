import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import type { ShownChallenge } from "~/features/challenges/challenge";
import { choosableReasons, type ReasonCode, reasonLabels } from "~/features/submissions/reason";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import {
  deskActionSchema,
  type FilledVerdict,
  type ReviewEntry,
  selectedValue,
  type VerdictIntent,
  verdictLabels,
} from "./decision";
import { DecisionOn } from "./decision-on";
import type { ExplainedIntent } from "./explained-verdict";
import { fillTemplate, type MessageTemplate } from "./message-template";
import { TemplateChoice, valuesFor } from "./template-choice";
import { VerdictPreview } from "./verdict-preview";

const keyedReasons = choosableReasons.slice(0, 9);

const verdictTitles: Record<ExplainedIntent, string> = {
  reject: "Reject this entry",
  request_change: "Request a change",
  reopen: "Approve this entry after all",
  disqualify: "Disqualify this entry",
  remove: "Remove this entry",
};

/** Only for the form that it came from. */
export function filledFor(verdict: FilledVerdict | null, submissionId: string, intent: VerdictIntent) {
  const same = verdict?.filled.submissionId === submissionId && verdict.filled.intent === intent;
  return same ? verdict : null;
}

/** A verdict that wants words: on one entry, or on all that are selected. */
export type AskedVerdict =
  | { of: "one"; intent: ExplainedIntent; entry: ReviewEntry }
  | { of: "selected"; intent: "reject"; entries: readonly ReviewEntry[]; beyond: readonly string[] };

/** Why an entry is not (or not yet) accepted, in the words that the creator reads. A native dialog: Escape closes it. */
export function VerdictDialog(props: {
  asked: AskedVerdict | null;
  challenge: ShownChallenge;
  templates: readonly MessageTemplate[];
  onGive: (form: FormData) => void;
  onClose: () => void;
}) {
  const { asked, challenge, templates, onGive, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (asked && !dialog.current?.open) {
      dialog.current?.showModal();
      dialog.current?.querySelector<HTMLElement>("[name='reason'], [name='message']")?.focus();
    }
    if (!asked) dialog.current?.close();
  }, [asked]);
  // The event comes a moment after the closing: by then the dialog may have been opened again, on another key press.
  const onClosed = () => {
    if (!dialog.current?.open) onClose();
  };
  return (
    <dialog ref={dialog} className="modal" aria-labelledby="verdict-title" onClose={onClosed}>
      {asked && (
        <VerdictForm
          asked={asked}
          challenge={challenge}
          templates={templates}
          onGive={(form) => {
            // First, so that the focus can go on.
            dialog.current?.close();
            onGive(form);
          }}
          onCancel={() => dialog.current?.close()}
        />
      )}
    </dialog>
  );
}

function VerdictForm(props: {
  asked: AskedVerdict;
  challenge: ShownChallenge;
  templates: readonly MessageTemplate[];
  onGive: (form: FormData) => void;
  onCancel: () => void;
}) {
  const { asked, challenge, templates, onGive, onCancel } = props;
  const { intent } = asked;
  const entries = asked.of === "one" ? [asked.entry] : asked.entries;
  const beyond = asked.of === "one" ? 0 : asked.beyond.length;
  const [first] = entries;
  const form = useRef<HTMLFormElement>(null);
  const [written, setWritten] = useState<{ reason: ReasonCode | undefined; message: string }>(nothingWritten);
  const [wrong, setWrong] = useState<FilledVerdict | null>(null);
  useEffect(() => {
    if (wrong) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [wrong]);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    data.set("intent", asked.of === "selected" ? "bulk_reject" : intent);
    const filled = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
    const selected = data.getAll("selected").map(String);
    const checked = deskActionSchema.safeParse({ ...filled, selected });
    if (checked.success) onGive(data);
    else setWrong({ filled, selected, errors: z.flattenError(checked.error).fieldErrors });
  };
  /** Fills in what can be, in `words` or in what is there, and shows it as the creator will read it. */
  const write = (words?: string) => {
    if (!form.current) return;
    const box = form.current.elements.namedItem("message");
    if (!(box instanceof HTMLTextAreaElement)) return;
    const chosen = new FormData(form.current).get("reason");
    const reason = choosableReasons.find((code) => code === chosen);
    const filled = fillTemplate(words ?? box.value, valuesFor({ entries, more: beyond > 0 }, challenge, reason));
    if (filled !== box.value) box.value = filled;
    setWritten({ reason, message: filled });
  };
  /** The reason is in its list, and Enter gives the verdict. */
  const pick = (reason: ReasonCode) => {
    const list = form.current?.elements.namedItem("reason");
    if (list instanceof HTMLSelectElement) list.value = reason;
    write();
    form.current?.querySelector<HTMLElement>("[type='submit']")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return event.currentTarget.requestSubmit();
    if (event.ctrlKey || event.altKey || event.metaKey || event.target instanceof HTMLTextAreaElement) return;
    const reason = /^[1-9]$/.test(event.key) ? keyedReasons[Number(event.key) - 1] : undefined;
    if (!reason || intent in wordHints) return;
    event.preventDefault();
    pick(reason);
  };
  return (
    <form
      ref={form}
      method="post"
      className="grid gap-5"
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      onInput={() => write()}
    >
      {asked.of === "one" ? (
        <>
          <AskedEntry entry={asked.entry} intent={intent} />
          <DecisionOn submissionId={asked.entry.submissionId} seenVersion={asked.entry.version} />
        </>
      ) : (
        <AskedEntries entries={asked.entries} beyond={asked.beyond} />
      )}
      <TemplateChoice templates={templates.filter(({ verdict }) => verdict === intent)} onChoose={write} />
      <VerdictFields intent={intent} prefix="dialog" filled={wrong} />
      {!(intent in wordHints) && <QuickReasons onPick={pick} />}
      {first && (
        <VerdictPreview
          draft={{ intent, ...written }}
          entry={first}
          challenge={challenge}
          others={entries.length + beyond - 1}
        />
      )}
      <div className="modal-foot">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone={intent in wordHints ? "primary" : "danger"}>
          {verdictLabels[intent]}
        </Button>
      </div>
    </form>
  );
}

const nothingWritten = { reason: undefined, message: "" };

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

/** `beyond`: checkbox values of those on other pages. */
function AskedEntries({ entries, beyond }: { entries: readonly ReviewEntry[]; beyond: readonly string[] }) {
  const names = [...new Set(entries.map((entry) => entry.creatorName))];
  const elsewhere = beyond.length > 0 ? [`${beyond.length} on other pages`] : [];
  const values = [...entries.map(selectedValue), ...beyond];
  return (
    <header>
      <h2 id="verdict-title">{values.length === 1 ? "Reject 1 entry" : `Reject ${values.length} entries`}</h2>
      <p className="caption mt-1" dir="auto">
        {new Intl.ListFormat("en").format([...names, ...elsewhere])}
      </p>
      {values.map((value) => (
        <input key={value} type="hidden" name="selected" value={value} />
      ))}
    </header>
  );
}

/** The first nine by digit; the list above has them all, so nobody has to tab through these. */
function QuickReasons({ onPick }: { onPick: (reason: ReasonCode) => void }) {
  return (
    <ol className="quick-reasons" aria-label="Choose by digit">
      {keyedReasons.map((code, index) => (
        <li key={code}>
          <button type="button" tabIndex={-1} onClick={() => onPick(code)}>
            <kbd>{index + 1}</kbd> {reasonLabels[code]}
          </button>
        </li>
      ))}
    </ol>
  );
}

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
      <Field id={`${prefix}-note`} label="Internal note" hint="Moderators alone read it." errors={filled?.errors.note}>
        {(wiring) => (
          <textarea
            className="input"
            name="note"
            rows={1}
            maxLength={1000}
            defaultValue={filled?.filled.note}
            {...wiring}
          />
        )}
      </Field>
    </>
  );
}
