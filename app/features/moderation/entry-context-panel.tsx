import { useFetcher } from "@remix-run/react";
import { Pause, Play } from "lucide-react";
import { type ReactNode, useId } from "react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { HELD_WORDS, holdReasonLabels, holdReasons } from "~/features/submissions/hold";
import { reasonLabels } from "~/features/submissions/reason";
import { RuleList } from "~/features/submissions/rule-strip";
import { ViewsChart } from "~/features/videos/views-chart";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { useHydrated } from "~/ui/use-hydrated";
import {
  type ContextAnswer,
  contextPath,
  type EntryContext,
  type InternalNote,
  type OtherEntry,
} from "./entry-context";
import { HeldChip } from "./held-chip";
import { STRIKE_DAYS } from "./strike";

/**
 * What is known of an entry: its numbers and whether they count, what moderators noted, who made it and what it may be a
 * copy of. Its forms stay in place where there is a script. `answer`: what came of one without.
 */
export function EntryContextPanel(props: { context: EntryContext; answer: ContextAnswer | null }) {
  const { context } = props;
  const { entry, creator, duplicates, notes } = context;
  const sent = useFetcher<ContextAnswer>();
  const answer = sent.data ?? props.answer;
  const form = { context, answer, Form: sent.Form };
  return (
    <div className="entry-context" data-submission-id={entry.submissionId}>
      <header>
        <p className="flex flex-wrap items-center gap-2">
          <DecisionStateChip state={entry.state} />
          {entry.heldSince && <HeldChip />}
        </p>
        <p className="mt-2 font-semibold text-ink-strong" dir="auto">
          {entry.creatorName}
        </p>
        <p className="caption" dir="auto">
          {entry.video.caption || "No caption"}
        </p>
      </header>
      {answer && "refusal" in answer && (
        <Banner tone="rejected" title="Nothing was done">
          {answer.refusal.words}
        </Banner>
      )}
      <Part title="Numbers">
        <ViewsChart history={context.views} mark={context.hold && { at: context.hold.at, is: "held" }} />
        <Numbers {...form} />
      </Part>
      <Part title="Rules">
        <RuleList checks={entry.checks} />
      </Part>
      <Part title="Notes">
        {entry.waitsForAnother === "own" ? (
          <p className="hint">What is noted about your own entry is for the other moderators.</p>
        ) : (
          <>
            {notes.length === 0 && <p className="hint">Nobody has noted anything.</p>}
            <Notes notes={notes} />
            <NoteForm key={notes.length} {...form} />
          </>
        )}
      </Part>
      <Part title="Creator">
        <Strikes strikes={creator.strikes} />
        <Others entries={creator.others.map((one) => ({ entry: one }))} whenNone="This is their only entry." />
      </Part>
      <Part title="Possible duplicates">
        <Others
          entries={duplicates.map(({ entry: one, why }) => ({
            entry: one,
            why: why === "video" ? "The same video" : "Almost the same caption",
          }))}
          whenNone="No entry has this video or almost this caption."
          withNames
        />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

interface FormProps {
  context: EntryContext;
  answer: ContextAnswer | null;
  Form: ReturnType<typeof useFetcher>["Form"];
}

/** Whether they count, and the one thing that can be done about it. */
function Numbers({ context, answer, Form }: FormProps) {
  const { hold, mayHold, entry, slug } = context;
  const id = useId();
  const invalid = answer && "invalid" in answer && answer.invalid.filled.intent === mayHold ? answer.invalid : null;
  return (
    <>
      {hold && (
        <div className="held-box">
          <p>
            <strong>{HELD_WORDS}</strong>
          </p>
          <p>
            {holdReasonLabels[hold.reason]}. By {hold.by}, <Time at={hold.at} />.
          </p>
          <p>
            {hold.views === null ? (
              "It has no rank meanwhile: no numbers are known from before."
            ) : (
              <>
                It counts with {hold.views.toLocaleString("en")} views
                {hold.viewsAt && (
                  <>
                    {" "}
                    of <Time at={hold.viewsAt} />
                  </>
                )}
                .
              </>
            )}
          </p>
        </div>
      )}
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

function Notes({ notes }: { notes: readonly InternalNote[] }) {
  if (notes.length === 0) return null;
  return (
    <ol className="notes">
      {notes.map((note) => (
        <li key={note.id}>
          <p className="hint">
            <span dir="auto">{note.by}</span>
            {note.with && `, ${withWords[note.with]}`}, <Time at={note.at} />
          </p>
          <p className="words" dir="auto">
            {note.words}
          </p>
        </li>
      ))}
    </ol>
  );
}

const withWords: Record<NonNullable<InternalNote["with"]>, string> = {
  decision: "with a decision",
  hold: "with the hold",
  release: "with the release",
};

function NoteForm({ context, answer, Form }: FormProps) {
  const id = useId();
  const invalid = answer && "invalid" in answer && answer.invalid.filled.intent === "note" ? answer.invalid : null;
  return (
    <Form method="post" action={contextPath(context.slug, context.entry.submissionId)} className="mt-3 grid gap-3">
      <InPlace />
      <NoteField
        id={id}
        label="Add a note"
        hint="For moderators alone. It stays as you write it."
        name="words"
        required
        errors={invalid?.errors.words}
      />
      <Button type="submit" name="intent" value="note" className="justify-self-start">
        Add note
      </Button>
    </Form>
  );
}

function NoteField(props: {
  id: string;
  label: string;
  hint?: string;
  name: string;
  required?: boolean;
  errors: string[] | undefined;
}) {
  const { name, required, ...field } = props;
  return (
    <Field {...field}>
      {(wiring) => <textarea className="input" name={name} rows={2} maxLength={1000} required={required} {...wiring} />}
    </Field>
  );
}

/** Says that a script sends the form. */
function InPlace() {
  return useHydrated() && <input type="hidden" name="inPlace" value="yes" />;
}

function Strikes({ strikes }: { strikes: EntryContext["creator"]["strikes"] }) {
  if (strikes.length === 0) return <p>No strikes in the last {STRIKE_DAYS} days.</p>;
  return (
    <>
      <p className="strike-count">{strikes.length === 1 ? "1 strike" : `${strikes.length} strikes`}</p>
      <ul className="strikes">
        {strikes.map((strike) => (
          <li key={strike.submissionId}>
            {reasonLabels[strike.reason]}, <Time at={strike.at} withTime={false} />. It counts until{" "}
            <Time at={strike.expiresAt} withTime={false} />.
          </li>
        ))}
      </ul>
    </>
  );
}

function Others(props: {
  entries: readonly { entry: OtherEntry; why?: string }[];
  whenNone: string;
  withNames?: boolean;
}) {
  const { entries, whenNone, withNames = false } = props;
  if (entries.length === 0) return <p className="hint">{whenNone}</p>;
  return (
    <ul className="other-entries">
      {entries.map(({ entry, why }) => (
        <li key={entry.submissionId}>
          <DecisionStateChip state={entry.state} />
          <p className="min-w-0">
            <Link to={contextPath(entry.challenge.slug, entry.submissionId)} dir="auto">
              {entry.caption || "No caption"}
            </Link>
            <span className="hint block" dir="auto">
              {[why, withNames ? entry.creatorName : null, entry.challenge.title].filter(Boolean).join(" · ")}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
