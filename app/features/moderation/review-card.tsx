import { memo, type RefObject } from "react";
import { reasonLabels } from "~/features/submissions/reason";
import { RuleStrip } from "~/features/submissions/rule-strip";
import { Cover, PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { FilledVerdict, ReviewEntry } from "./decision";
import { HeldLine } from "./held-chip";
import { ReviewHints } from "./review-hints";
import { entryName, ReviewMarks } from "./review-marks";
import { type EntryActs, type EntryFate, VerdictForms } from "./verdict-forms";

/** One of many entries on the desk: as a card of the grid, or as a row of the list. */
export const ReviewCard = memo(function ReviewCard(
  props: EntryFate & {
    entry: ReviewEntry;
    row: boolean;
    playerOrigin: string;
    muted: boolean;
    /** The desk as it is, and the single view of this entry. */
    page: string;
    details: string;
    /** The one that the keys act on. */
    current: boolean;
    /** Null where nothing can be decided on several. */
    selected: boolean | null;
    filled: FilledVerdict | null;
    acts: RefObject<EntryActs>;
  },
) {
  const { entry, left, unsent, row, playerOrigin, muted, page, details, current, selected, filled, acts } = props;
  const { video, submissionId } = entry;
  const { state } = left ?? entry;
  const marks = <ReviewMarks entry={entry} state={state} selected={selected} acts={acts} />;
  return (
    <article
      id={`entry-${submissionId}`}
      className="card review-card"
      aria-label={entryName(entry)}
      tabIndex={current ? 0 : -1}
      data-current={current || undefined}
      data-testid="review-card"
      data-submission-id={submissionId}
      data-state={state}
      data-left={left !== null || undefined}
    >
      {row ? (
        <>
          <Cover video={video} eager={false} />
          <div className="marks">{marks}</div>
        </>
      ) : (
        <PlayableCover
          video={video}
          eager={false}
          playerOrigin={playerOrigin}
          playing={false}
          muted={muted}
          playLink={video.shareUrl}
          closeLink={page}
        >
          {marks}
        </PlayableCover>
      )}
      <div className="entry-facts">
        <p className="who">
          <Avatar name={entry.creatorName} url={entry.creatorAvatarUrl} small />
          <span dir="auto">{entry.creatorName}</span>
        </p>
        <p className="caption" dir="auto">
          {video.caption || "No caption"}
        </p>
        <VideoMetrics metrics={video.metrics} compact />
        <p className="entered">
          <span>
            Entered <Time at={entry.submittedAt} /> ·{" "}
          </span>
          <Link to={details} data-key="enter" aria-label={`Details of ${entryName(entry)}`}>
            Details
          </Link>
        </p>
        <RuleStrip checks={entry.checks} />
        <ReviewHints entry={entry} />
        {entry.hold && <HeldLine hold={entry.hold} />}
        {entry.state !== "pending" && entry.lastDecision && (
          <p className="mt-2 text-[0.75rem] text-ink-muted">
            {entry.hold?.begun ? "Approved by" : "By"} {entry.lastDecision.by}
            {entry.lastDecision.reason && `: ${reasonLabels[entry.lastDecision.reason]}`}
          </p>
        )}
      </div>
      <VerdictForms entry={entry} fate={{ left, unsent }} acts={acts} filled={filled} />
    </article>
  );
}, isSame);

/** The desk is read anew often, and mostly nothing has changed about an entry. */
function isSame<Props extends { entry: ReviewEntry }>(before: Props, now: Props): boolean {
  const names = Object.keys(now) as (keyof Props)[];
  return names.every(
    (name) =>
      before[name] === now[name] || (name === "entry" && JSON.stringify(before.entry) === JSON.stringify(now.entry)),
  );
}
