import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerFeed } from "~/features/answer-feed.server";
import { feedLeaderboard } from "~/features/results/feed-leaderboard.server";

export async function loader({ params, request, context }: LoaderFunctionArgs): Promise<Response> {
  const feed = await feedLeaderboard(params.slug ?? "", context.at);
  if (feed === null) return Response.json({ error: "There is no such challenge." }, { status: 404 });
  return answerFeed(request, "application/json", feed);
}
