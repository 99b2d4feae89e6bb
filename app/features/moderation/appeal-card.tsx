import { Form, useNavigation } from "@remix-run/react";
import { Check, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { APPEAL_MAX_LENGTH } from "~/features/submissions/appeal";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { DecisionWords } from "~/features/submissions/entry-timeline";
import { RuleList } from "~/features/submissions/rule-strip";
import { decisionStateLabels } from "~/features/submissions/submission";
import { PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { AppealCase } from "./appeal-judgement";
import { DecisionOn } from "./decision-on";

/** An answer as it came back: what was written, and what is wrong with it. */
export interface FilledAnswer {
  submissionId: string;
  answer: string;
  errors: string[];
}

/** One open appeal: the entry, what was decided, what its creator says, and the answer. Works without JavaScript. */
export function AppealCard(props: { appeal: AppealCase; playerOrigin: string; filled: FilledAnswer | null }) {
  const { appeal, playerOrigin, filled } = props;
  const { video, challenge, decision } = appeal;
  return (
    <article
      className="panel my-entry"
      data-testid="review-card"
      data-submission-id={appeal.submissionId}
      data-state={appeal.state}
    >
      <div className="w-36 sm:w-44">
        <PlayableCover
          video={video}
          eager={false}
          playerOrigin={playerOrigin}
          playing={false}
          playLink={video.shareUrl}
          closeLink="/review/appeals"
        />
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <header>
          <p className="flex flex-wrap items-center gap-2">
            <DecisionStateChip state={appeal.state} />
            <Link to={`/review/${challenge.slug}`}>{challenge.title}</Link>
          </p>
          <p className="who mt-3">
            <Avatar name={appeal.creatorName} url={appeal.creatorAvatarUrl} small />
            <span dir="auto">{appeal.creatorName}</span>
          </p>
          <h2 className="caption mt-1 font-semibold text-ink-strong" dir="auto">
            {video.caption || "No caption"}
          </h2>
          <VideoMetrics metrics={video.metrics} compact />
        </header>
        <ol className="timeline" aria-label="The decision and the appeal">
          <li>
            <Fact title={`${decisionStateLabels[appeal.state]} by ${decision.by}`} at={decision.at} />
            <DecisionWords {...decision} />
          </li>
          <li>
            <Fact title="The creator appeals" at={appeal.openedAt} />
            <blockquote className="quote" dir="auto">
              {appeal.statement}
            </blockquote>
          </li>
        </ol>
        <details>
          <summary className="w-fit cursor-pointer text-[0.8125rem] font-semibold">Rules as they were checked</summary>
          <RuleList checks={appeal.checks} />
        </details>
        {appeal.waitsForAnother ? (
          <p className="hint">{waitWords[appeal.waitsForAnother]}</p>
        ) : (
          <AnswerForm appeal={appeal} filled={filled} />
        )}
      </div>
    </article>
  );
}

const waitWords = {
  own: "Your own entry: another moderator decides.",
  own_decision: "You made this decision: another moderator decides on the appeal.",
};

function Fact({ title, at }: { title: string; at: string }) {
  return (
    <p className="flex flex-wrap justify-between gap-x-4">
      <strong className="text-ink-strong">{title}</strong>
      <span className="text-[0.8125rem] text-ink-muted">
        <Time at={at} />
      </span>
    </p>
  );
}

function AnswerForm({ appeal, filled }: { appeal: AppealCase; filled: FilledAnswer | null }) {
  const { submissionId, version, challenge } = appeal;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (filled) box.current?.focus();
  }, [filled]);
  const busy = useNavigation().formData?.get("submissionId") === submissionId;
  return (
    <Form method="post" className="grid max-w-[560px] gap-3">
      <DecisionOn submissionId={submissionId} seenVersion={version} />
      <Field
        id={`answer-${submissionId}`}
        label="Answer to the creator"
        hint={
          challenge.frozen
            ? "The standings are frozen, so it can only be dismissed. Say why."
            : "Needed to dismiss it: say why the decision stands."
        }
        errors={filled?.errors}
      >
        {(wiring) => (
          <textarea
            ref={box}
            className="input"
            name="answer"
            rows={3}
            maxLength={APPEAL_MAX_LENGTH}
            defaultValue={filled?.answer}
            {...wiring}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        {!challenge.frozen && (
          <Button type="submit" name="intent" value="uphold" tone="primary" disabled={busy}>
            <Check size={16} aria-hidden="true" /> Uphold
          </Button>
        )}
        <Button type="submit" name="intent" value="dismiss" tone="danger" disabled={busy}>
          <X size={16} aria-hidden="true" /> Dismiss
        </Button>
      </div>
    </Form>
  );
}
