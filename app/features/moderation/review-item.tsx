import { ArrowLeft, ArrowRight } from "lucide-react";
import type { MouseEvent, RefObject } from "react";
import { reasonLabels } from "~/features/submissions/reason";
import { RuleList } from "~/features/submissions/rule-strip";
import { decisionStateLabels } from "~/features/submissions/submission";
import { PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { ButtonLink } from "~/ui/button";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { FilledVerdict, ReviewEntry } from "./decision";
import { HeldLine } from "./held-chip";
import { ReviewHints } from "./review-hints";
import { entryName, ReviewMarks } from "./review-marks";
import { type EntryActs, type EntryFate, VerdictForms } from "./verdict-forms";

/** A neighbour on the page: its address without a script, and the way there with one. */
interface Neighbour {
  id: string;
  address: string;
}

/** One entry alone and large, with all that is known of it beside it. */
export function ReviewItem(
  props: EntryFate & {
    entry: ReviewEntry;
    playerOrigin: string;
    muted: boolean;
    page: string;
    /** The desk with this creator's entries alone. */
    theirs: string;
    /** What else is known of this one, on a page of its own. */
    known: string;
    place: { number: number; of: number };
    before: Neighbour | null;
    after: Neighbour | null;
    onMove: (by: 1 | -1) => void;
    selected: boolean | null;
    filled: FilledVerdict | null;
    acts: RefObject<EntryActs>;
  },
) {
  const { entry, left, unsent, playerOrigin, muted, page, theirs, known, place, before, after, onMove } = props;
  const { selected, filled, acts } = props;
  const { video, submissionId, lastDecision } = entry;
  const { state } = left ?? entry;
  const going = (by: 1 | -1) => (event: MouseEvent) => {
    event.preventDefault();
    onMove(by);
  };
  return (
    <article
      id={`entry-${submissionId}`}
      className="review-card review-item"
      aria-label={entryName(entry)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys act on the card that has the focus, as in the other views
      tabIndex={0}
      data-current
      data-testid="review-card"
      data-submission-id={submissionId}
      data-state={state}
      data-left={left !== null || undefined}
    >
      <PlayableCover
        key={submissionId}
        video={video}
        eager
        playerOrigin={playerOrigin}
        playing={false}
        muted={muted}
        playLink={video.shareUrl}
        closeLink={page}
      >
        <ReviewMarks entry={entry} state={state} selected={selected} acts={acts} />
      </PlayableCover>
      <div className="item-context">
        <nav aria-label="Entries of this page" className="item-steps">
          {before && (
            <ButtonLink to={before.address} onClick={going(-1)}>
              <ArrowLeft size={16} aria-hidden="true" /> Before
            </ButtonLink>
          )}
          <span>
            {place.number} of {place.of} on this page
          </span>
          {after && (
            <ButtonLink to={after.address} onClick={going(1)}>
              Next <ArrowRight size={16} aria-hidden="true" />
            </ButtonLink>
          )}
        </nav>
        <ReviewHints entry={entry} />
        {entry.hold && <HeldLine hold={entry.hold} />}
        <p className="who">
          <Avatar name={entry.creatorName} url={entry.creatorAvatarUrl} small />
          <span dir="auto">{entry.creatorName}</span>
        </p>
        <p className="whole-caption" dir="auto">
          {video.caption || "No caption"}
        </p>
        <VideoMetrics metrics={video.metrics} />
        <p className="entered">
          {video.postedAt && (
            <>
              Posted <Time at={video.postedAt} /> ·{" "}
            </>
          )}
          Entered <Time at={entry.submittedAt} />
        </p>
        <p className="entered flex flex-wrap gap-x-4">
          <Link to={theirs}>Only this creator’s entries</Link>
          <Link to={known}>Notes, creator and duplicates</Link>
          <a href={video.shareUrl} target="_blank" rel="noopener noreferrer">
            Open on TikTok
          </a>
        </p>
        <VerdictForms
          entry={entry}
          fate={{ left, unsent }}
          acts={acts}
          filled={filled}
          next={after?.id ?? before?.id}
        />
        <h2>Rules</h2>
        <RuleList checks={entry.checks} />
        {lastDecision && (
          <>
            <h2>Last decision</h2>
            <p>
              {decisionStateLabels[entry.state]} by {lastDecision.by}, <Time at={lastDecision.at} />
              {lastDecision.reason && `: ${reasonLabels[lastDecision.reason]}`}
            </p>
            {lastDecision.message && (
              <p className="hint" dir="auto">
                {lastDecision.message}
              </p>
            )}
          </>
        )}
      </div>
    </article>
  );
}
