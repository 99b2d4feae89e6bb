import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerFeed } from "~/features/answer-feed.server";
import { feedEntries } from "~/features/results/feed-entries.server";

export async function loader({ params, request, context }: LoaderFunctionArgs): Promise<Response> {
  const feed = await feedEntries(params.slug ?? "", "json", context.at);
  if (feed === null) return Response.json({ error: "There is no such challenge." }, { status: 404 });
  return answerFeed(request, "application/feed+json", feed);
}
