import { Time } from "~/ui/time";
import { HELD_WORDS, holdReasonLabels } from "./hold";
import type { MyEntry } from "./list-my-entries.server";
import { reasonWords } from "./reason";
import { placeWords, waitWords } from "./review-wait";
import { RuleList } from "./rule-strip";
import type { DecisionState, RuleCheck } from "./submission";
import type { TimelineStep } from "./timeline";

export type ToldEntry = Pick<
  MyEntry,
  "timeline" | "state" | "queue" | "usualWait" | "changeUntil" | "mayResubmit" | "appealOpen" | "appealUntil"
>;

/** What happened to an entry, when, and what comes next, as its creator reads it. */
export function EntryTimeline({ entry }: { entry: ToldEntry }) {
  return (
    <ol className="timeline" aria-label="What happened">
      {entry.timeline.map((step) => (
        <li key={`${step.at}-${step.kind}`} data-state={step.kind === "decided" ? step.state : step.kind}>
          <p className="flex flex-wrap justify-between gap-x-4">
            <strong className="text-ink-strong">{titleOf(step)}</strong>
            <span className="text-[0.8125rem] text-ink-muted">
              <Time at={step.at} />
            </span>
          </p>
          <StepWords step={step} />
        </li>
      ))}
      <NextStep entry={entry} />
    </ol>
  );
}

const decisionWords: Record<DecisionState, string> = {
  pending: "In review",
  approved: "Approved: it is in the gallery",
  rejected: "Not accepted",
  changes_requested: "A change was requested",
  flagged: "A second moderator looks at it",
  disqualified: "Disqualified",
  removed: "Removed",
  withdrawn: "You withdrew it",
};

function titleOf(step: TimelineStep): string {
  switch (step.kind) {
    case "entered":
      return "You entered it";
    case "resubmitted":
      return "You resubmitted it";
    case "checked":
      return "Checked against the rules";
    case "decided":
      return step.onAppeal ? "Your appeal was upheld: it is in the gallery" : decisionWords[step.state];
    case "appealed":
      return "You appealed";
    case "dismissed":
      return "Your appeal was dismissed";
    case "held":
      return HELD_WORDS;
    case "released":
      return "The numbers were checked: they count again";
    case "unavailable":
      return "Your video is not public on TikTok any more";
  }
}

function StepWords({ step }: { step: TimelineStep }) {
  switch (step.kind) {
    case "entered":
    case "resubmitted":
    case "released":
      return null;
    case "held":
      return (
        <p>
          {holdReasonLabels[step.reason]}.{" "}
          {step.reason === "RULE"
            ? "It has no rank until a person has looked at them."
            : "Its rank counts with the numbers from before, until a person has looked at them."}
        </p>
      );
    case "checked":
      return (
        <details>
          <summary className="w-fit cursor-pointer text-ink-muted">{checkedWords(step.checks)}</summary>
          <RuleList checks={step.checks} />
        </details>
      );
    case "decided":
      return <DecisionWords {...step} />;
    case "appealed":
      return (
        <blockquote className="quote" dir="auto">
          {step.statement}
        </blockquote>
      );
    case "dismissed":
      return (
        <blockquote className="quote" dir="auto">
          {step.answer}
        </blockquote>
      );
    case "unavailable":
      return (
        <p>
          {step.until ? (
            <>
              Make it public before <Time at={step.until} />, or the entry is disqualified. It is out of the gallery and
              the standings, and back by itself once it is public.
            </>
          ) : (
            "Nobody sees it here until TikTok shows it to everybody again."
          )}
        </p>
      );
  }
}

/** Why it was decided so, as it was written to the creator. */
export function DecisionWords(props: { reason: string | null; rule: RuleCheck | null; message: string | null }) {
  const { reason, rule, message } = props;
  if (!message && !reason) return null;
  return (
    <blockquote className="quote">
      {message}
      {reason && <span className="hint block">Reason: {reasonWords(reason)}</span>}
      {rule && (
        <span className="hint block">
          Rule: “{rule.asks}”. What was seen: {rule.seen}.
        </span>
      )}
    </blockquote>
  );
}

function checkedWords(checks: readonly RuleCheck[]): string {
  const unknown = checks.filter(({ outcome }) => outcome === "unknown").length;
  if (unknown === 0) return "It meets every rule";
  return unknown === 1 ? "A person has to look at one rule" : `A person has to look at ${unknown} rules`;
}

/** What happens next and when, where something does. */
function NextStep({ entry }: { entry: ToldEntry }) {
  const words = nextWords(entry);
  return words && <li className="text-ink-muted">{words}</li>;
}

function nextWords({ state, queue, usualWait, changeUntil, mayResubmit, appealOpen, appealUntil }: ToldEntry) {
  if (appealOpen) return "Next: another moderator looks at it again. You will read the answer here.";
  if (appealUntil) {
    return (
      <>
        You can appeal once, until <Time at={appealUntil} />.
      </>
    );
  }
  if (state === "flagged") return "Next: a second moderator decides. You will read the reason here, whatever it is.";
  if (state === "pending") {
    return (
      <>
        {queue && <strong className="text-ink-strong">{placeWords(queue)} in review. </strong>}
        {usualWait !== null && `The usual wait here is ${waitWords(usualWait)}. `}
        Next: a moderator decides. You will read the reason here, whatever it is.
      </>
    );
  }
  if (!changeUntil) return null;
  if (mayResubmit) {
    return (
      <>
        Next: change it on TikTok, then press Resubmit before <Time at={changeUntil} />.
      </>
    );
  }
  return (
    <>
      It cannot be resubmitted now: the challenge is paused or closed. Its deadline is <Time at={changeUntil} />.
    </>
  );
}
