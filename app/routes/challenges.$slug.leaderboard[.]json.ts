import type { LoaderFunctionArgs } from "@remix-run/node";
import { feedLeaderboard } from "~/features/results/feed-leaderboard.server";

export async function loader({ params, request, context }: LoaderFunctionArgs): Promise<Response> {
  const feed = await feedLeaderboard(params.slug ?? "", context.at);
  if (!feed) return Response.json({ error: "There is no such challenge." }, { status: 404 });
  const headers = { etag: feed.etag, "cache-control": "public, max-age=0, must-revalidate" };
  if (request.headers.get("if-none-match") === feed.etag) return new Response(null, { status: 304, headers });
  return new Response(feed.body, { headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
}
