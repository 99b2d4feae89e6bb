import { Cover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Brand } from "~/ui/brand";
import type { GalleryEntry } from "./list-gallery.server";

/** A challenge's newest entries as a whole document for a frame on another site: no script, and links open a new tab. */
export function EmbeddedGallery(props: {
  challenge: { slug: string; title: string };
  entries: readonly GalleryEntry[];
  approved: number;
  /** Of TrendPot. */
  origin: string;
  stylesheet: string;
}) {
  const { challenge, entries, approved, origin, stylesheet } = props;
  const home = `${origin}/challenges/${challenge.slug}`;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`Entries of ${challenge.title} · TrendPot`}</title>
        <link rel="canonical" href={home} />
        <link rel="stylesheet" href={stylesheet} />
      </head>
      <body>
        <main className="wrap py-6">
          <header className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
            <h1>
              <a href={home} target="_blank" rel="noopener noreferrer" className="no-underline">
                {challenge.title}
              </a>
            </h1>
            <p className="text-[0.8125rem] text-ink-muted">
              {approved === 1 ? "1 entry" : `${approved.toLocaleString("en")} entries`}
            </p>
          </header>
          {entries.length === 0 ? (
            <p className="panel px-6 py-14 text-center text-ink-muted">No entry is approved yet.</p>
          ) : (
            <ul className="card-grid six">
              {entries.map(({ submissionId, video, creatorName }, index) => (
                <li key={submissionId} className="card relative" data-testid="entry-card">
                  <Cover video={video} eager={index < 6} />
                  <div>
                    <p className="who">
                      <span dir="auto">{creatorName}</span>
                    </p>
                    <p className="caption" dir="auto">
                      <a
                        href={`${origin}/entries/${submissionId}`}
                        target="_blank"
                        rel="noopener noreferrer"
                        className="no-underline after:absolute after:inset-0"
                      >
                        {video.caption || "No caption"}
                      </a>
                    </p>
                    <VideoMetrics metrics={video.metrics} compact />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </main>
        <footer className="wrap flex flex-wrap items-center justify-between gap-4 pb-6 text-[0.8125rem]">
          <a href={home} target="_blank" rel="noopener noreferrer">
            See the whole challenge
          </a>
          <a href={origin} target="_blank" rel="noopener noreferrer" className="brand">
            <Brand />
          </a>
        </footer>
      </body>
    </html>
  );
}
