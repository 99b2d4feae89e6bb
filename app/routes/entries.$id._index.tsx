import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ScoreTable } from "~/features/results/score-table";
import { showEntryPage } from "~/features/results/show-entry-page.server";
import { WinnerChip } from "~/features/results/winner-chip";
import { HELD_WORDS } from "~/features/submissions/hold";
import { AlwaysLoadChoice, PlayableCover } from "~/features/videos/cover";
import { VideoMetrics } from "~/features/videos/video-metrics";
import { Avatar } from "~/ui/avatar";
import { Link } from "~/ui/link";
import { pageMeta, summaryOf } from "~/ui/page-meta";
import { SafeHtml } from "~/ui/safe-html";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  if (!page) return [{ title: "Not found · TrendPot" }];
  return pageMeta({
    title: `${page.entry.creatorName} in ${page.challenge.title}`,
    description: summaryOf(page.entry.video.caption) || `An entry of ${page.challenge.title}.`,
    address: page.address,
    kind: "article",
    picture: page.picture,
  });
};

export const handle = { document: "public", visitors: "alike" };

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const id = z.uuid().safeParse(params.id);
  const page = id.success ? await showEntryPage(id.data, context.at) : null;
  if (!page) throw data(null, { status: 404 });
  return {
    ...page,
    playing: new URL(request.url).searchParams.has("play"),
    address: new URL(`/entries/${page.entry.submissionId}`, request.url).href,
    picture: new URL(`/challenges/${page.challenge.slug}/og.png`, request.url).href,
  };
}

export default function EntryPage() {
  const { challenge, entry, held, place, wins, playerOrigin, playing } = useLoaderData<typeof loader>();
  const { video, submissionId, submittedAt, creatorName, creatorAvatarUrl, embedHtml } = entry;
  const path = `/entries/${submissionId}`;
  return (
    <article className="wrap max-w-[1080px] py-10" data-testid="entry-card" data-submission-id={submissionId}>
      <header className="entry-head">
        <PlayableCover
          video={video}
          eager
          alone
          playerOrigin={playerOrigin}
          playing={playing}
          playLink={`${path}?play`}
          closeLink={path}
        />
        <div className="grid justify-items-start gap-3">
          <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-ink-muted">
            {wins && <WinnerChip />}
            <Link to={`/challenges/${challenge.slug}`}>{challenge.title}</Link>
          </p>
          <h1 dir="auto" className="line-clamp-3">
            {video.caption || "No caption"}
          </h1>
          <p className="who">
            <Avatar name={creatorName} url={creatorAvatarUrl} small />
            <span dir="auto">{creatorName}</span>
          </p>
          <p className="text-[0.8125rem] text-ink-muted">
            Entered <Time at={submittedAt} withTime={false} />
          </p>
          <VideoMetrics metrics={video.metrics} />
          <p className="flex flex-wrap gap-x-5 gap-y-2">
            <a href={video.shareUrl} target="_blank" rel="noopener noreferrer">
              Open on TikTok
            </a>
            <Link to={`${path}/report`} rel="nofollow" className="text-ink-muted">
              Report this entry
            </Link>
          </p>
          <AlwaysLoadChoice />
        </div>
      </header>
      <section className="section" aria-labelledby="standing">
        <h2 id="standing">
          {place && `Rank ${place.standing.rank} of ${place.ranked.toLocaleString("en")}`}
          {!place && (challenge.frozenAt ? "Not ranked" : "Not ranked yet")}
        </h2>
        {place ? (
          <>
            <p className="mt-1 text-[0.8125rem] text-ink-muted">
              {challenge.frozenAt && (
                <>
                  Frozen on <Time at={challenge.frozenAt} />.{" "}
                </>
              )}
              <Link to={`/challenges/${challenge.slug}/leaderboard`}>The whole leaderboard</Link>
            </p>
            {place.standing.held && <p className="held-note mt-1">{HELD_WORDS}</p>}
            <ScoreTable standing={place.standing} scoring={challenge.rules} />
          </>
        ) : (
          <p className="mt-1">
            {challenge.frozenAt
              ? "It was not public, or had no numbers, when the board was frozen."
              : held
                ? `${HELD_WORDS}.`
                : "It is ranked as soon as TikTok tells its numbers."}
          </p>
        )}
      </section>
      {embedHtml && (
        <section className="section from-tiktok" aria-labelledby="caption">
          <h2 id="caption">From TikTok</h2>
          <SafeHtml sanitized={embedHtml} />
        </section>
      )}
    </article>
  );
}
