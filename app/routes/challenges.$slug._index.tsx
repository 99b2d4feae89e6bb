import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { ChallengeHero } from "~/features/challenges/challenge-hero";
import { RulesGrid } from "~/features/challenges/rules-grid";
import { showChallengePage } from "~/features/results/show-challenge-page.server";
import { StandingsTable } from "~/features/results/standings-table";
import { WinnerCards } from "~/features/results/winner-cards";
import { EntryCard } from "~/features/submissions/entry-card";
import { tiktokVideoIdPattern } from "~/features/videos/video";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageLinks } from "~/ui/page-links";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? [
        { title: `${page.challenge.title} · TrendPot` },
        { name: "description", content: page.challenge.brief.slice(0, 160) },
      ]
    : [{ title: "Not found · TrendPot" }];

export const handle = { document: "public" };

const searchSchema = z.object({
  before: z.uuid().nullable().catch(null),
  play: z.string().regex(tiktokVideoIdPattern).nullable().catch(null),
});

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const { before, play } = searchSchema.parse({ before: search.get("before"), play: search.get("play") });
  const page = await showChallengePage(params.slug ?? "", { before, at: context.at });
  if (!page) throw data(null, { status: 404 });
  return { ...page, before, play, at: context.at.toISOString() };
}

export default function ChallengePage() {
  const { challenge, counts, covers, result, leaders, entries, nextBefore, before, play, playerOrigin, at } =
    useLoaderData<typeof loader>();
  const page = `/challenges/${challenge.slug}${before === null ? "" : `?before=${before}`}`;
  return (
    <>
      <ChallengeHero challenge={challenge} counts={counts} covers={covers} at={at} />
      <div className="wrap">
        {result && (
          <section className="section" aria-labelledby="winners">
            <div className="section-head">
              <h2 id="winners">{result.winners.length === 1 ? "Winner" : "Winners"}</h2>
              <p>
                {result.version === 1 ? "Published" : `Version ${result.version}, published`}{" "}
                <Time at={result.publishedAt} withTime={false} />.{" "}
                <Link to={`/challenges/${challenge.slug}/leaderboard#results`}>How they won</Link>
              </p>
            </div>
            {result.winners.length === 0 ? <p>Nobody won this challenge.</p> : <WinnerCards winners={result.winners} />}
          </section>
        )}
        <section className="section" aria-labelledby="rules">
          <div className="section-head">
            <h2 id="rules">The rules in short</h2>
            <p>Version {challenge.rules.version}. Every rule is checked before you enter.</p>
          </div>
          <RulesGrid rules={challenge.rules} timeZone={challenge.timeZone} />
        </section>
        <section className="section" aria-labelledby="gallery">
          <div className="section-head">
            <h2 id="gallery">Gallery</h2>
            <p>
              {counts.approved === 1
                ? "1 approved entry."
                : `${counts.approved.toLocaleString("en")} approved entries.`}{" "}
              A player loads from TikTok only when you press play.
            </p>
          </div>
          {entries.length === 0 ? (
            <EmptyState title="No entry is approved yet">
              {challenge.phase === "open" ? "Yours could be the first." : "Approved entries appear here."}
            </EmptyState>
          ) : (
            <ul className="card-grid six">
              {entries.map((entry, index) => (
                <li key={entry.submissionId}>
                  <EntryCard
                    entry={entry}
                    playing={play === entry.video.tiktokVideoId}
                    playerOrigin={playerOrigin}
                    eager={index < 6}
                    page={page}
                  />
                </li>
              ))}
            </ul>
          )}
          <PageLinks
            label="Gallery pages"
            first={before === null ? null : `/challenges/${challenge.slug}#gallery`}
            next={nextBefore === null ? null : `/challenges/${challenge.slug}?before=${nextBefore}#gallery`}
          />
        </section>
        {leaders.length > 0 && (
          <section className="section" aria-labelledby="leaders">
            <div className="section-head">
              <h2 id="leaders">Leaderboard</h2>
              <p>
                {challenge.frozenAt
                  ? "Frozen: ranks and scores stay as they are."
                  : "By the points that the rules give."}{" "}
                <Link to={`/challenges/${challenge.slug}/leaderboard`}>See every rank, and why</Link>
              </p>
            </div>
            <StandingsTable
              standings={leaders}
              winners={result?.winners.map(({ submissionId }) => submissionId) ?? []}
              scoring={null}
              caption="The first ranks by points"
            />
          </section>
        )}
      </div>
    </>
  );
}
