import { useFetcher } from "@remix-run/react";
import { type ReactNode, useId } from "react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { reasonLabels } from "~/features/submissions/reason";
import { RuleList } from "~/features/submissions/rule-strip";
import { ViewsChart } from "~/features/videos/views-chart";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { type ContextForm, InPlace, NoteField } from "./context-form";
import {
  type ContextAnswer,
  contextPath,
  type EntryContext,
  type InternalNote,
  type OtherEntry,
} from "./entry-context";
import { EntryHold } from "./entry-hold";
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
          {entry.hold?.begun && <HeldChip />}
        </p>
        <p className="mt-2 font-semibold text-ink-strong">
          <span dir="auto">{entry.creatorName}</span>
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
        <ViewsChart history={context.views} mark={context.hold && markOf(context.hold)} />
        <EntryHold {...form} />
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

/** On the chart: the reading that was doubted, or when it was held. */
function markOf({ anomaly, at }: NonNullable<EntryContext["hold"]>) {
  return anomaly ? { at: anomaly.toAt, is: "the reading in doubt" } : { at, is: "held" };
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

function NoteForm({ context, answer, Form }: ContextForm) {
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
