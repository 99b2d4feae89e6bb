import { Form } from "@remix-run/react";
import type { Refusal } from "~/features/answer-refusal.server";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Time } from "~/ui/time";
import type { ReviewActDone } from "./act-on-review.server";
import type { RuleRun } from "./apply-rule.server";

const doneWords = {
  saved: { title: "Saved, and off", words: "Try it on earlier entries next." },
  tried: { title: "Tried", words: "Nothing was changed. What it would have done stands below." },
  enabled: { title: "Enabled", words: "It looks at every entry that is handed in from now on." },
  disabled: { title: "Turned off", words: "Its suggestions are gone from the cards. What it decided stays." },
  retired: { title: "Put away", words: "What it decided stays, and stays explained." },
  target: { title: "Saved", words: "The desk goes by it from now on." },
} as const;

/** What came of the last press, or why nothing did. */
export function RuleNotice(props: {
  answer: { done: ReviewActDone } | { refusal: Refusal } | { invalid: unknown } | null;
  done: keyof typeof doneWords | null;
  page: string;
}) {
  const { answer, done, page } = props;
  if (answer && "refusal" in answer) {
    return (
      <Banner tone="rejected" title="Nothing changed">
        {answer.refusal.code === "CONFLICT"
          ? "Somebody changed it since. This is how it stands now."
          : answer.refusal.words}
      </Banner>
    );
  }
  if (answer && "invalid" in answer) {
    return (
      <Banner tone="rejected" title="Not saved yet">
        Something below has to be put right.
      </Banner>
    );
  }
  if (answer?.done.kind === "applied") return <Applied run={answer.done.run} page={page} />;
  if (answer?.done.kind === "undone") {
    const { done: back, skipped } = answer.done;
    return (
      <Banner tone={back > 0 ? "approved" : "pending"} title={`${back.toLocaleString("en")} taken back`} focus>
        {skipped === 0
          ? "They wait again, as before."
          : `${skipped.toLocaleString("en")} stay: they were decided since, or the ten seconds were over.`}
      </Banner>
    );
  }
  if (!done) return null;
  return (
    <Banner key={done} tone="approved" title={doneWords[done].title} focus>
      {doneWords[done].words}
    </Banner>
  );
}

const actDone: Record<RuleRun["act"], string> = {
  flag: "flagged",
  hold: "will be held once approved",
  suggest_rejection: "got a suggestion",
  approve_trusted: "approved",
};

function Applied({ run, page }: { run: RuleRun; page: string }) {
  const { bulkId, name, act, done, skipped, left, undoableUntil } = run;
  const more = [
    ...(skipped > 0 ? [`${skipped.toLocaleString("en")} left alone: somebody is at them.`] : []),
    ...(left > 0 ? [`${left.toLocaleString("en")} more wait for the next press.`] : []),
  ];
  return (
    <Banner
      key={bulkId}
      tone="approved"
      title={`${done.toLocaleString("en")} ${done === 1 ? "entry" : "entries"} ${actDone[act]}`}
      focus
      action={
        undoableUntil && (
          <Form method="post" action={page}>
            <input type="hidden" name="bulkId" value={bulkId} />
            <Button type="submit" name="intent" value="undo">
              Undo
            </Button>
          </Form>
        )
      }
    >
      By the rule “{name}”. {more.join(" ")}{" "}
      {undoableUntil && (
        <>
          It can be undone until <Time at={undoableUntil} withDay={false} />.
        </>
      )}
    </Banner>
  );
}
