import type { ReactNode } from "react";
import { Time } from "~/ui/time";
import { Cover } from "./cover";
import type { VideoSummary } from "./video";
import { VideoMetrics } from "./video-metrics";

/** One of the creator's own videos. `children`: what a page adds, for instance its rule strip. */
export function VideoCard(props: {
  video: VideoSummary;
  eager: boolean;
  eligible?: boolean;
  onCover?: ReactNode;
  children?: ReactNode;
}) {
  const { video, eager, eligible, onCover, children } = props;
  return (
    <article className="card" data-testid="video-card" data-video-id={video.tiktokVideoId} data-eligible={eligible}>
      <Cover video={video} eager={eager}>
        {onCover}
      </Cover>
      <div>
        <p className="caption" dir="auto">
          {video.caption || "No caption"}
        </p>
        <VideoMetrics metrics={video.metrics} />
        {video.postedAt && (
          <p className="metrics">
            Posted <Time at={video.postedAt} withTime={false} />
          </p>
        )}
        {children}
      </div>
    </article>
  );
}
