import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { findSubscription } from "~/features/notifications/find-subscription.server";
import { unsubscribe } from "~/features/notifications/unsubscribe.server";
import { Button, ButtonLink } from "~/ui/button";
import { MessagePage } from "~/ui/message-page";

export const meta: MetaFunction = () => [{ title: "Unsubscribe · TrendPot" }, { name: "robots", content: "noindex" }];

export const handle = { document: "public" };

/** The page holds a secret. */
export const headers = () => ({ "Cache-Control": "no-store" });

const tokenOf = (request: Request) => new URL(request.url).searchParams.get("token") ?? "";

/** Ends nothing: programs that preview a link open it too. */
export async function loader({ request }: LoaderFunctionArgs) {
  const token = tokenOf(request);
  const found = await findSubscription(token);
  if (!found) return data({ state: "not_valid" } as const, { status: 404 });
  return data({ state: found.isOn ? "asked" : "ended", token } as const);
}

/**
 * The button, and a mail program's own (RFC 8058: a POST to the letter's address, from anywhere, that wants an answer and
 * no redirect). The address is the proof; who is signed in does not matter.
 */
export async function action({ request }: ActionFunctionArgs) {
  if (!(await unsubscribe(tokenOf(request)))) return data({ state: "not_valid" } as const, { status: 404 });
  return data({ state: "ended" } as const);
}

export default function Unsubscribe() {
  const asked = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? asked;
  switch (answer.state) {
    case "not_valid":
      return (
        <MessagePage
          title="This link is not valid"
          words="Part of it may be missing. Open it from a letter once more, or choose “No letters” on your account page."
          state="not_valid"
        >
          <ButtonLink to="/account">Go to your account</ButtonLink>
        </MessagePage>
      );
    case "ended":
      return (
        <MessagePage
          title="No more letters"
          words="You are unsubscribed. Notifications are still there when you sign in, and you can have letters again from your account page."
          state="ended"
        >
          <ButtonLink to="/account">Go to your account</ButtonLink>
        </MessagePage>
      );
    case "asked":
      return (
        <MessagePage
          title="Stop letters from TrendPot?"
          words="Notifications no longer come by e-mail. They are still there when you sign in."
          state="asked"
        >
          <form method="post" action={`/email/unsubscribe?token=${answer.token}`}>
            <Button type="submit" tone="primary">
              Unsubscribe
            </Button>
          </form>
        </MessagePage>
      );
  }
}
