import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticator } from "~/features/accounts/authenticator.server";
import { limitSignIns } from "~/features/accounts/limit-sign-ins.server";

/** Sets the state and sends the browser to TikTok. A GET link, because `form-action` is enforced along redirects. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<never> {
  const waitSeconds = limitSignIns(context.sender);
  if (waitSeconds > 0) throw tooMany(waitSeconds);
  await authenticator.authenticate("tiktok", request);
  throw new Error("the strategy answers with a redirect");
}

function tooMany(waitSeconds: number): Response {
  return new Response(`Too many sign-ins begin from your network. Try again in ${waitSeconds} seconds.\n`, {
    status: 429,
    headers: {
      "Retry-After": String(waitSeconds),
      "Cache-Control": "no-store",
      "Content-Type": "text/plain; charset=utf-8",
    },
  });
}
