import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerFeed } from "~/features/answer-feed.server";
import { mapSite } from "~/features/submissions/map-site.server";

export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  return answerFeed(request, "application/xml", await mapSite(context.at));
}
