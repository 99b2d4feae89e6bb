import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { ShownChallenge } from "~/features/challenges/challenge";
import { PhaseChip } from "~/features/challenges/phase-chip";
import { DisqualifiedList } from "~/features/results/disqualified-list";
import { ResultHistory } from "~/features/results/result-history";
import { showLeaderboard } from "~/features/results/show-leaderboard.server";
import { StandingsTable } from "~/features/results/standings-table";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageLinks } from "~/ui/page-links";
import { pageMeta } from "~/ui/page-meta";
import { Time } from "~/ui/time";

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? pageMeta({
        title: `Leaderboard · ${page.challenge.title}`,
        description: `Who leads in ${page.challenge.title}, and why.`,
        address: page.address,
        picture: page.picture,
      })
    : [{ title: "Not found · TrendPot" }];

export const handle = { document: "public", visitors: "alike" };

const pageSchema = z.coerce.number().int().min(1).max(10_000).catch(1);

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const page = pageSchema.parse(new URL(request.url).searchParams.get("page") ?? 1);
  const leaderboard = await showLeaderboard(params.slug ?? "", { page, at: context.at });
  if (!leaderboard || (page > 1 && leaderboard.standings.length === 0)) throw data(null, { status: 404 });
  const challenge = new URL(`/challenges/${leaderboard.challenge.slug}`, request.url).href;
  const address = `${challenge}/leaderboard${page === 1 ? "" : `?page=${page}`}`;
  return { ...leaderboard, page, address, picture: `${challenge}/og.png` };
}

export default function LeaderboardPage() {
  const { challenge, standings, ranked, hasNext, movements, results, disqualified, page } =
    useLoaderData<typeof loader>();
  const path = `/challenges/${challenge.slug}`;
  return (
    <div className="wrap py-10">
      <header className="section-head">
        <p className="flex flex-wrap items-center gap-2">
          <PhaseChip phase={challenge.phase} /> <Link to={path}>{challenge.title}</Link>
        </p>
        <h1 className="mt-3">Leaderboard</h1>
        <p>
          {ranked === 1 ? "1 ranked entry." : `${ranked.toLocaleString("en")} ranked entries.`} Equal scores share a
          rank. <Moving challenge={challenge} />
        </p>
      </header>
      {standings.length === 0 ? (
        <EmptyState title="Nobody is ranked yet">
          Approved entries are ranked as soon as their numbers are known.
        </EmptyState>
      ) : (
        <StandingsTable
          standings={standings}
          winners={results[0]?.winners.map(({ submissionId }) => submissionId) ?? []}
          scoring={challenge.rules}
          movements={movements}
          caption={`Entries of ${challenge.title} by points, page ${page}`}
        />
      )}
      <PageLinks
        label="Leaderboard pages"
        first={page === 1 ? null : `${path}/leaderboard`}
        next={hasNext ? `${path}/leaderboard?page=${page + 1}` : null}
      />
      {disqualified.length > 0 && (
        <section className="section" aria-labelledby="disqualified">
          <div className="section-head">
            <h2 id="disqualified">Disqualified</h2>
            <p>Accepted first, and taken off the board later. They have no rank.</p>
          </div>
          <DisqualifiedList entries={disqualified} />
        </section>
      )}
      {results.length > 0 && (
        <section className="section" aria-labelledby="results">
          <div className="section-head">
            <h2 id="results">Results</h2>
            <p>Who won, in every version that was published. Ranks are the same in all of them.</p>
          </div>
          <ResultHistory results={results} />
        </section>
      )}
    </div>
  );
}

/** Whether the numbers still move. */
function Moving({ challenge: { frozenAt, finalisedAt } }: { challenge: ShownChallenge }) {
  if (!frozenAt) return "Numbers come from TikTok and keep moving. Beside a rank: places moved within a day.";
  return (
    <>
      Frozen on <Time at={frozenAt} />: ranks and scores do not change any more.{" "}
      {finalisedAt === null && "The results are not published yet."}
    </>
  );
}
