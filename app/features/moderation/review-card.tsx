import { Ban, Check, Eye, Flag, type LucideIcon, PencilLine, RotateCcw, Trash2, X } from "lucide-react";
import type { ComponentProps, FormEvent, MouseEvent } from "react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { reasonLabels } from "~/features/submissions/reason";
import { RuleStrip } from "~/features/submissions/rule-strip";
import { PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { Button, type ButtonTone } from "~/ui/button";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { useHydrated } from "~/ui/use-hydrated";
import { BULK_FORM } from "./bulk-bar";
import {
  type FilledVerdict,
  isExplained,
  type ReviewEntry,
  selectedValue,
  type VerdictIntent,
  verdictLabels,
} from "./decision";
import { DecisionOn } from "./decision-on";
import { contextPath } from "./entry-context";
import type { ExplainedIntent } from "./explained-verdict";
import { HeldChip } from "./held-chip";
import { filledFor, VerdictFields } from "./verdict-dialog";

const looks: Record<VerdictIntent, { icon: LucideIcon; tone: ButtonTone; key?: string }> = {
  approve: { icon: Check, tone: "primary", key: "a" },
  reject: { icon: X, tone: "danger", key: "r" },
  flag: { icon: Flag, tone: "plain", key: "f" },
  request_change: { icon: PencilLine, tone: "plain", key: "c" },
  reopen: { icon: RotateCcw, tone: "plain" },
  disqualify: { icon: Ban, tone: "plain" },
  remove: { icon: Trash2, tone: "plain" },
};

/** One entry on the desk: the video, its rules, and what the viewer can decide; every verdict works without JavaScript. */
export function ReviewCard(props: {
  entry: ReviewEntry;
  playerOrigin: string;
  page: string;
  slug: string;
  /** The one that the keys act on. */
  current: boolean;
  /** Null where nothing can be decided on several. */
  selected: boolean | null;
  onSelect: (range: boolean) => void;
  /** What came back to be put right. */
  filled: FilledVerdict | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onTakeOver: (event: FormEvent<HTMLFormElement>) => void;
  onShowContext: () => void;
  /** A verdict that needs words; `button` gets the focus back. */
  onExplain: (intent: ExplainedIntent, button: HTMLElement) => void;
}) {
  const { entry, playerOrigin, page, current, selected, onSelect, filled, onSubmit, onTakeOver, onExplain } = props;
  const { slug, onShowContext } = props;
  const { video, submissionId, version, state, claim } = entry;
  const name = `${entry.creatorName}: ${video.caption.slice(0, 80) || "No caption"}`;
  return (
    <article
      id={`entry-${submissionId}`}
      className="card review-card"
      aria-label={name}
      tabIndex={current ? 0 : -1}
      data-current={current || undefined}
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
        {selected !== null && (
          <label className="select-entry">
            <input
              type="checkbox"
              form={BULK_FORM}
              name="selected"
              value={selectedValue(entry)}
              checked={selected}
              onClick={(event: MouseEvent) => onSelect(event.shiftKey)}
              onChange={ignore}
            />
            <span className="sr-only" dir="auto">
              Select {name}
            </span>
          </label>
        )}
        {claim && (
          <p className="claim">
            <Eye size={14} aria-hidden="true" />
            <span>
              {claim.by} is looking until <Time at={claim.until} withDay={false} />
            </span>
          </p>
        )}
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
          Entered <Time at={entry.submittedAt} /> ·{" "}
          <Link
            to={contextPath(slug, submissionId)}
            aria-label={`What is known of this entry of ${entry.creatorName}`}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              onShowContext();
            }}
          >
            What is known
          </Link>
        </p>
        <RuleStrip checks={entry.checks} />
        {entry.heldSince && (
          <p className="mt-2">
            <HeldChip />
          </p>
        )}
        {state !== "pending" && entry.lastDecision && (
          <p className="mt-2 text-[0.75rem] text-ink-muted">
            By {entry.lastDecision.by}
            {entry.lastDecision.reason && `: ${reasonLabels[entry.lastDecision.reason]}`}
          </p>
        )}
      </div>
      {entry.waitsForAnother && <p className="hint">{waitWords[entry.waitsForAnother]}</p>}
      {claim && entry.verdicts.length > 0 && (
        <form method="post" onSubmit={onTakeOver}>
          <input type="hidden" name="submissionId" value={submissionId} />
          <Button type="submit" name="intent" value="take_over" className="w-full">
            Take over
          </Button>
        </form>
      )}
      {!claim && entry.verdicts.length > 0 && (
        <div className="verdicts">
          {entry.verdicts.map((intent) =>
            isExplained(intent) ? (
              <ExplainedVerdict
                key={intent}
                intent={intent}
                entry={entry}
                filled={filledFor(filled, submissionId, intent)}
                onExplain={onExplain}
              />
            ) : (
              <form key={intent} method="post" className="verdict" onSubmit={onSubmit}>
                <DecisionOn submissionId={submissionId} seenVersion={version} />
                <VerdictButton intent={intent} type="submit" name="intent" value={intent} />
              </form>
            ),
          )}
        </div>
      )}
    </article>
  );
}

/** React wants to hear of a change; the click before it tells whether Shift was down. */
const ignore = () => undefined;

const waitWords = {
  own: "Your own entry: another moderator decides.",
  flagged_by_viewer: "You flagged it: another moderator decides.",
};

function VerdictButton({ intent, ...rest }: { intent: VerdictIntent } & ComponentProps<typeof Button>) {
  const { icon: Icon, tone, key } = looks[intent];
  return (
    <Button tone={tone} className="w-full" data-key={key} {...rest}>
      <Icon size={15} aria-hidden="true" /> {verdictLabels[intent]}
    </Button>
  );
}

function ExplainedVerdict(props: {
  intent: ExplainedIntent;
  entry: ReviewEntry;
  filled: FilledVerdict | null;
  onExplain: (intent: ExplainedIntent, button: HTMLElement) => void;
}) {
  const { intent, entry, filled, onExplain } = props;
  const hydrated = useHydrated();
  return (
    <div className="verdict">
      <VerdictButton
        intent={intent}
        className="js-only w-full"
        disabled={!hydrated}
        onClick={(event) => onExplain(intent, event.currentTarget)}
      />
      <noscript>
        <details open={filled !== null}>
          <summary className="btn w-full">{verdictLabels[intent]}…</summary>
          <form method="post" className="mt-2 grid gap-3">
            <DecisionOn submissionId={entry.submissionId} seenVersion={entry.version} />
            <VerdictFields intent={intent} prefix={`${entry.submissionId}-${intent}`} filled={filled} />
            <Button type="submit" name="intent" value={intent} tone="danger">
              {verdictLabels[intent]}
            </Button>
          </form>
        </details>
      </noscript>
    </div>
  );
}
