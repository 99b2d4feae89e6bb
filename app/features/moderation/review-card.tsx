import { Form, useNavigation } from "@remix-run/react";
import { Ban, Check, Flag, type LucideIcon, PencilLine, RotateCcw, Trash2, X } from "lucide-react";
import type { ComponentProps } from "react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { reasonLabels } from "~/features/submissions/reason";
import { RuleStrip } from "~/features/submissions/rule-strip";
import { PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { Button, type ButtonTone } from "~/ui/button";
import { Time } from "~/ui/time";
import { useHydrated } from "~/ui/use-hydrated";
import type { ReviewEntry, VerdictIntent } from "./decision";
import { DecisionOn } from "./decision-on";
import {
  type ExplainedIntent,
  type FilledVerdict,
  filledFor,
  isExplained,
  VerdictFields,
  verdictLabels,
} from "./verdict-dialog";

const looks: Record<VerdictIntent, { icon: LucideIcon; tone: ButtonTone }> = {
  approve: { icon: Check, tone: "primary" },
  reject: { icon: X, tone: "danger" },
  flag: { icon: Flag, tone: "plain" },
  request_change: { icon: PencilLine, tone: "plain" },
  reopen: { icon: RotateCcw, tone: "plain" },
  disqualify: { icon: Ban, tone: "plain" },
  remove: { icon: Trash2, tone: "plain" },
};

/** One entry on the desk: the video, its rules, and what the viewer can decide; every verdict works without JavaScript. */
export function ReviewCard(props: {
  entry: ReviewEntry;
  playerOrigin: string;
  page: string;
  /** What came back to be put right. */
  filled: FilledVerdict | null;
  /** A verdict that needs words; `button` gets the focus back. */
  onExplain: (intent: ExplainedIntent, button: HTMLElement) => void;
}) {
  const { entry, playerOrigin, page, filled, onExplain } = props;
  const { video, submissionId, version, state } = entry;
  const busy = useNavigation().formData?.get("submissionId") === submissionId;
  return (
    <article
      id={`entry-${submissionId}`}
      className="card"
      data-testid="review-card"
      data-submission-id={submissionId}
      data-state={state}
    >
      <PlayableCover
        video={video}
        eager={false}
        playerOrigin={playerOrigin}
        playing={false}
        playLink={video.shareUrl}
        closeLink={page}
      >
        <DecisionStateChip state={state} />
      </PlayableCover>
      <div>
        <p className="who">
          <Avatar name={entry.creatorName} url={entry.creatorAvatarUrl} small />
          <span dir="auto">{entry.creatorName}</span>
        </p>
        <p className="caption" dir="auto">
          {video.caption || "No caption"}
        </p>
        <VideoMetrics metrics={video.metrics} compact />
        <p className="mt-1 text-[0.75rem] text-ink-muted">
          Entered <Time at={entry.submittedAt} />
        </p>
        <RuleStrip checks={entry.checks} />
        {state !== "pending" && entry.lastDecision && (
          <p className="mt-2 text-[0.75rem] text-ink-muted">
            By {entry.lastDecision.by}
            {entry.lastDecision.reason && `: ${reasonLabels[entry.lastDecision.reason]}`}
          </p>
        )}
      </div>
      {entry.waitsForAnother && <p className="hint">{waitWords[entry.waitsForAnother]}</p>}
      {entry.verdicts.length > 0 && (
        <div className="verdicts">
          {entry.verdicts.map((intent) =>
            isExplained(intent) ? (
              <ExplainedVerdict
                key={intent}
                intent={intent}
                entry={entry}
                busy={busy}
                filled={filledFor(filled, submissionId, intent)}
                onExplain={onExplain}
              />
            ) : (
              <Form key={intent} method="post" className="verdict">
                <DecisionOn submissionId={submissionId} seenVersion={version} />
                <VerdictButton intent={intent} type="submit" name="intent" value={intent} disabled={busy} />
              </Form>
            ),
          )}
        </div>
      )}
    </article>
  );
}

const waitWords = {
  own: "Your own entry: another moderator decides.",
  flagged_by_viewer: "You flagged it: another moderator decides.",
};

function VerdictButton({ intent, ...rest }: { intent: VerdictIntent } & ComponentProps<typeof Button>) {
  const { icon: Icon, tone } = looks[intent];
  return (
    <Button tone={tone} className="w-full" {...rest}>
      <Icon size={15} aria-hidden="true" /> {verdictLabels[intent]}
    </Button>
  );
}

function ExplainedVerdict(props: {
  intent: ExplainedIntent;
  entry: ReviewEntry;
  busy: boolean;
  filled: FilledVerdict | null;
  onExplain: (intent: ExplainedIntent, button: HTMLElement) => void;
}) {
  const { intent, entry, busy, filled, onExplain } = props;
  const hydrated = useHydrated();
  return (
    <div className="verdict">
      <VerdictButton
        intent={intent}
        className="js-only w-full"
        disabled={busy || !hydrated}
        onClick={(event) => onExplain(intent, event.currentTarget)}
      />
      <noscript>
        <details open={filled !== null}>
          <summary className="btn w-full">{verdictLabels[intent]}…</summary>
          <Form method="post" className="mt-2 grid gap-3">
            <DecisionOn submissionId={entry.submissionId} seenVersion={entry.version} />
            <VerdictFields intent={intent} prefix={`${entry.submissionId}-${intent}`} filled={filled} />
            <Button type="submit" name="intent" value={intent} tone="danger">
              {verdictLabels[intent]}
            </Button>
          </Form>
        </details>
      </noscript>
    </div>
  );
}
