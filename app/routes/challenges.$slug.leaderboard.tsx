import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PhaseChip } from "~/features/challenges/phase-chip";
import { showLeaderboard } from "~/features/results/show-leaderboard.server";
import { StandingsTable } from "~/features/results/standings-table";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageLinks } from "~/ui/page-links";
import { pageMeta } from "~/ui/page-meta";

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? pageMeta({
        title: `Leaderboard · ${page.challenge.title}`,
        description: `Who leads in ${page.challenge.title}, and why.`,
        address: page.address,
        picture: page.picture,
      })
    : [{ title: "Not found · TrendPot" }];

export const handle = { document: "public" };

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
  const { challenge, standings, ranked, hasNext, page } = useLoaderData<typeof loader>();
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
          rank. Numbers come from TikTok and keep moving.
        </p>
      </header>
      {standings.length === 0 ? (
        <EmptyState title="Nobody is ranked yet">
          Approved entries are ranked as soon as their numbers are known.
        </EmptyState>
      ) : (
        <StandingsTable
          standings={standings}
          scoring={challenge.rules}
          caption={`Entries of ${challenge.title} by points, page ${page}`}
        />
      )}
      <PageLinks
        label="Leaderboard pages"
        first={page === 1 ? null : `${path}/leaderboard`}
        next={hasNext ? `${path}/leaderboard?page=${page + 1}` : null}
      />
    </div>
  );
}
