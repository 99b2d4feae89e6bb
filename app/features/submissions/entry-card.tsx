import { PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { Link } from "~/ui/link";
import { SafeHtml } from "~/ui/safe-html";
import type { GalleryEntry } from "./list-gallery.server";

/** An approved entry in the public gallery: facade, creator, caption, numbers, and TikTok's sanitised caption markup. */
export function EntryCard(props: {
  entry: GalleryEntry;
  playing: boolean;
  playerOrigin: string;
  eager: boolean;
  /** The page's own address with its query, on which the play link builds. */
  page: string;
}) {
  const { entry, playing, playerOrigin, eager, page } = props;
  const { video } = entry;
  const anchor = `entry-${entry.submissionId}`;
  const playLink = `${page}${page.includes("?") ? "&" : "?"}play=${video.tiktokVideoId}#${anchor}`;
  return (
    <article
      id={anchor}
      className="card"
      data-testid="entry-card"
      data-video-id={video.tiktokVideoId}
      data-submission-id={entry.submissionId}
    >
      <PlayableCover
        video={video}
        eager={eager}
        playerOrigin={playerOrigin}
        playing={playing}
        playLink={playLink}
        closeLink={`${page}#${anchor}`}
      />
      <div>
        <p className="who">
          <Avatar name={entry.creatorName} url={entry.creatorAvatarUrl} small />
          <span dir="auto">{entry.creatorName}</span>
        </p>
        <p className="caption" dir="auto">
          {video.caption || "No caption"}
        </p>
        <VideoMetrics metrics={video.metrics} compact />
        <details className="embed-caption">
          <summary>More from TikTok</summary>
          {entry.embedHtml && <SafeHtml sanitized={entry.embedHtml} />}
          <a href={video.shareUrl} target="_blank" rel="noopener noreferrer">
            Open on TikTok
          </a>
          <Link to={`/entries/${entry.submissionId}`}>Page of this entry</Link>
        </details>
      </div>
    </article>
  );
}
