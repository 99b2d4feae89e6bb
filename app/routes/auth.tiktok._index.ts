import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticator } from "~/features/accounts/authenticator.server";

/** Sets the state and sends the browser to TikTok. A GET link, because `form-action` is enforced along redirects. */
export async function loader({ request }: LoaderFunctionArgs): Promise<never> {
  await authenticator.authenticate("tiktok", request);
  throw new Error("the strategy answers with a redirect");
}
