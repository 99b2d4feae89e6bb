import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerFeed } from "~/features/answer-feed.server";
import { drawPicture } from "~/features/challenges/draw-picture.server";

export async function loader({ params, request }: LoaderFunctionArgs): Promise<Response> {
  const picture = await drawPicture(params.slug ?? "");
  if (!picture) return new Response("There is no such challenge.\n", { status: 404 });
  return answerFeed(request, "image/png", picture);
}
