import { Play } from "lucide-react";
import type { ReactNode } from "react";
import type { VideoSummary } from "./video";

/** 9:16, in a box of fixed shape. Behind the picture lies the placeholder that a dead cover leaves. */
export function Cover({ video, eager, children }: { video: VideoSummary; eager: boolean; children?: ReactNode }) {
  return (
    <div className="cover">
      <CoverPicture video={video} eager={eager} />
      <Duration seconds={video.durationSeconds} />
      {children}
    </div>
  );
}

/** A cover with its play control. Without JavaScript the control is a link and the server draws the player. */
export function PlayableCover(props: {
  video: VideoSummary;
  eager: boolean;
  playerOrigin: string;
  /** The server draws the player at once (the link was followed). */
  playing: boolean;
  /** Whoever plays it hears nothing until they ask for it. */
  muted?: boolean;
  playLink: string;
  closeLink: string;
  /** The page is about this video: its player loads by itself for a visitor who has chosen so. */
  alone?: boolean;
  children?: ReactNode;
}) {
  const { video, eager, playerOrigin, playing, muted = false, playLink, closeLink, alone, children } = props;
  const name = `Video: ${video.caption.slice(0, 80) || "without a caption"}`;
  return (
    <tp-player
      class="cover block"
      video={video.tiktokVideoId}
      origin={playerOrigin}
      name={name}
      alone={alone ? "" : undefined}
      muted={muted ? "1" : undefined}
    >
      <CoverPicture video={video} eager={eager} />
      <Duration seconds={video.durationSeconds} />
      {children}
      <a className="play" href={playLink} data-play="" aria-label={`Play ${name}`}>
        <Play size={18} fill="currentColor" aria-hidden="true" />
      </a>
      {playing && (
        <>
          <iframe
            title={name}
            src={`${playerOrigin}/player/v1/${video.tiktokVideoId}?autoplay=1&rel=0&music_info=1&description=1`}
            allow="autoplay; encrypted-media; fullscreen"
            referrerPolicy="strict-origin-when-cross-origin"
          />
          <a className="btn close-player" href={closeLink} data-close="">
            Close player
          </a>
        </>
      )}
    </tp-player>
  );
}

/** A visitor's standing answer to what they are asked by each cover; their browser keeps it (see always-load.ts). */
export function AlwaysLoadChoice() {
  return (
    <div className="js-only">
      <label className="flex min-h-10 items-center gap-3">
        <input type="checkbox" data-always-load="" aria-describedby="always-load-hint" />
        <span>Always load players on this site</span>
      </label>
      <p id="always-load-hint" className="hint">
        A page like this one then loads TikTok's player at once, which tells TikTok that you are here.
      </p>
    </div>
  );
}

function CoverPicture({ video, eager }: { video: VideoSummary; eager: boolean }) {
  return (
    <>
      <span className="dead-cover" aria-hidden={video.coverUrl ? true : undefined}>
        <span>Cover no longer available</span>
        <a href={video.shareUrl} target="_blank" rel="noopener noreferrer" tabIndex={video.coverUrl ? -1 : undefined}>
          Open on TikTok
        </a>
      </span>
      {video.coverUrl && (
        <img
          src={video.coverUrl}
          alt=""
          width={360}
          height={640}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          referrerPolicy="no-referrer"
          className="relative"
        />
      )}
    </>
  );
}

function Duration({ seconds }: { seconds: number | null }) {
  if (seconds === null) return null;
  if (seconds === 0) return <span className="duration">Photo</span>;
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <span className="duration">
      <span aria-hidden="true">{text}</span>
      <span className="sr-only">{seconds} seconds long</span>
    </span>
  );
}
