import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerFeed } from "~/features/answer-feed.server";
import { drawEmbed } from "~/features/submissions/draw-embed.server";

/** A document of its own: the frame of every other page asks who is signed in. */
export async function loader({ params, request, context }: LoaderFunctionArgs): Promise<Response> {
  const embed = await drawEmbed(params.slug ?? "", context.at);
  if (!embed) return new Response("There is no such challenge.\n", { status: 404 });
  context.allowFramesOn(embed.origins);
  return answerFeed(request, "text/html", embed.html);
}
