import { Check, CircleHelp, EyeOff } from "lucide-react";
import type { Availability } from "~/features/videos/video";
import { VideoCard } from "~/features/videos/video-card";
import { Chip } from "~/ui/chip";
import type { MyVideo } from "./list-my-videos.server";

/** One of the creator's videos in the studio, with how it stands here and on TikTok. */
export function MyVideoCard({ video, eager }: { video: MyVideo; eager: boolean }) {
  return (
    <VideoCard
      video={video}
      eager={eager}
      onCover={<VideoChips entered={video.entered} availability={video.availability} />}
    />
  );
}

/** Over a cover: entered, and not to be seen on TikTok. A public video that is not entered has none. */
export function VideoChips({ entered, availability }: { entered: boolean; availability: Availability }) {
  return (
    <span className="cover-chips">
      {entered && (
        <Chip tone="approved" icon={Check}>
          Entered
        </Chip>
      )}
      {availability === "unavailable" && (
        <Chip tone="rejected" icon={EyeOff}>
          Not public
        </Chip>
      )}
      {availability === "unconfirmed" && (
        <Chip tone="pending" icon={CircleHelp}>
          Not found last time
        </Chip>
      )}
    </span>
  );
}
