import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerFeed } from "~/features/answer-feed.server";

/** Where a sign-in is needed there is nothing to find, and a search by somebody else's robot helps nobody. */
const closed = [
  "/auth/",
  "/studio",
  "/account",
  "/review",
  "/admin",
  "/logout",
  "/challenges/*/submit",
  "/entries/*/report",
  "/*?*q=",
];

export function loader({ request }: LoaderFunctionArgs): Response {
  const lines = ["User-agent: *", ...closed.map((path) => `Disallow: ${path}`)];
  return answerFeed(request, "text/plain", `${lines.join("\n")}\n\nSitemap: ${new URL("/sitemap.xml", request.url)}\n`);
}
