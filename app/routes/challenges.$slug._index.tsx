import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { Phase } from "~/features/challenges/challenge";
import { ChallengeHero } from "~/features/challenges/challenge-hero";
import { describeEvent } from "~/features/challenges/describe-event";
import { RulesGrid } from "~/features/challenges/rules-grid";
import { showChallengePage } from "~/features/results/show-challenge-page.server";
import { StandingsTable } from "~/features/results/standings-table";
import { WinnerCards } from "~/features/results/winner-cards";
import { EntryCard } from "~/features/submissions/entry-card";
import { type GalleryView, gallerySearch, readGalleryView } from "~/features/submissions/gallery";
import { GalleryTools } from "~/features/submissions/gallery-tools";
import { tiktokVideoIdPattern } from "~/features/videos/video";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageLinks } from "~/ui/page-links";
import { pageMeta, summaryOf } from "~/ui/page-meta";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  if (!page) return [{ title: "Not found · TrendPot" }];
  const { challenge, address, picture } = page;
  return [
    ...pageMeta({ title: challenge.title, description: summaryOf(challenge.brief), address, picture }),
    { "script:ld+json": describeEvent(challenge, address, picture) },
    ...feeds.map(([type, path]) => ({
      tagName: "link",
      rel: "alternate",
      type,
      href: `${address}${path}`,
      title: `Entries of ${challenge.title}`,
    })),
  ];
};

const feeds = [
  ["application/feed+json", "/feed.json"],
  ["application/rss+xml", "/feed.xml"],
] as const;

export const handle = { document: "public", visitors: "alike" };

const playSchema = z.string().regex(tiktokVideoIdPattern).nullable().catch(null);

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const view = readGalleryView(search);
  const page = await showChallengePage(params.slug ?? "", { view, at: context.at });
  if (!page) throw data(null, { status: 404 });
  const address = new URL(`/challenges/${page.challenge.slug}`, request.url).href;
  return {
    ...page,
    view,
    play: playSchema.parse(search.get("play")),
    address,
    picture: `${address}/og.png`,
    at: context.at.toISOString(),
  };
}

export default function ChallengePage() {
  const { challenge, counts, covers, result, leaders, entries, nextBefore, shows, view, play, playerOrigin, at } =
    useLoaderData<typeof loader>();
  const path = `/challenges/${challenge.slug}`;
  const page = `${path}${gallerySearch(view)}`;
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
          {counts.approved > 0 && <GalleryTools path={path} view={view} shows={shows} />}
          {entries.length === 0 ? (
            <NoEntries path={path} view={view} phase={challenge.phase} />
          ) : (
            <ul className="card-grid six" data-more-list="">
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
            grows
            first={view.before === null ? null : `${path}${gallerySearch({ ...view, before: null })}#gallery`}
            next={nextBefore === null ? null : `${path}${gallerySearch({ ...view, before: nextBefore })}#gallery`}
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
                <Link to={`${path}/leaderboard`}>See every rank, and why</Link>
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

/** Nothing is approved yet, nothing is found, or a page has been left empty behind its visitor. */
function NoEntries({ path, view, phase }: { path: string; view: GalleryView; phase: Phase }) {
  const all = `${path}${gallerySearch({ ...view, show: "all", query: "", before: null })}#gallery`;
  if (view.query !== "") {
    return (
      <EmptyState
        title={`Nothing found for “${view.query}”`}
        action={<ButtonLink to={all}>Show all entries</ButtonLink>}
      >
        Only names of creators and captions are searched.
      </EmptyState>
    );
  }
  if (view.show !== "all" && view.before === null) {
    return (
      <EmptyState title="No entry is like that" action={<ButtonLink to={all}>Show all entries</ButtonLink>}>
        {view.show === "ai" ? "None is labelled as AI-generated." : "None was made in that time."}
      </EmptyState>
    );
  }
  if (view.before !== null) return <EmptyState title="No more entries">The gallery ends here.</EmptyState>;
  return (
    <EmptyState title="No entry is approved yet">
      {phase === "open" ? "Yours could be the first." : "Approved entries appear here."}
    </EmptyState>
  );
}
