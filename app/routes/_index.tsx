import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ChallengeFeature, ChallengeTile } from "~/features/challenges/challenge-tile";
import { listHomeChallenges } from "~/features/submissions/list-home-challenges.server";
import { EmptyState } from "~/ui/empty-state";
import { pageMeta } from "~/ui/page-meta";

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  page
    ? pageMeta({
        title: "Video challenges, judged in the open",
        description: "Pick a challenge and enter a video you already posted on TikTok. People review each entry.",
        address: page.address,
        picture: `${page.address}og.png`,
      })
    : [{ title: "TrendPot" }];

export const handle = { document: "public", visitors: "alike" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { challenges: await listHomeChallenges(context.at), address: new URL("/", request.url).href };
}

export default function Home() {
  const { challenges } = useLoaderData<typeof loader>();
  const [first, ...others] = challenges;
  return (
    <div className="wrap">
      <div className="grid gap-5 pt-10 pb-8 md:pt-20 md:pb-12">
        <h1 className="max-w-[14ch] text-hero">Small films. Fair boards.</h1>
        <p className="max-w-[52ch] text-lead text-ink-muted">
          Pick a challenge, enter a video you already posted on TikTok, and follow every step of what happens to it.
          People review each entry.
        </p>
      </div>
      <section aria-labelledby="challenges">
        <h2 id="challenges" className="sr-only">
          Challenges
        </h2>
        {first ? (
          <>
            <ChallengeFeature challenge={first} />
            <ul className="tiles mt-5">
              {others.map((challenge) => (
                <li key={challenge.slug}>
                  <ChallengeTile challenge={challenge} />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <EmptyState title="No challenge is open yet">Come back soon: this is where they appear.</EmptyState>
        )}
      </section>
    </div>
  );
}
