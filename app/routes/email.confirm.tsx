import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { confirmAddress } from "~/features/notifications/confirm-address.server";
import { findUnconfirmed } from "~/features/notifications/find-unconfirmed.server";
import { Button, ButtonLink } from "~/ui/button";
import { MessagePage } from "~/ui/message-page";

export const meta: MetaFunction = () => [
  { title: "Confirm your e-mail address · TrendPot" },
  { name: "robots", content: "noindex" },
];

export const handle = { document: "public" };

/** The page holds a secret. */
export const headers = () => ({ "Cache-Control": "no-store" });

/** Uses nothing up: programs that preview a link open it too. */
export async function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const found = await findUnconfirmed(token);
  if (!found) return data({ state: "not_valid" } as const, { status: 404 });
  const { address, displayName } = found;
  return data({ state: "asked", token, address, displayName } as const);
}

const formSchema = z.object({ token: z.string() });

export async function action({ request }: ActionFunctionArgs) {
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  if (!(await confirmAddress(form.data.token))) return data({ state: "not_valid" } as const, { status: 404 });
  return data({ state: "confirmed" } as const);
}

export default function ConfirmAddress() {
  const asked = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? asked;
  switch (answer.state) {
    case "not_valid":
      return (
        <MessagePage
          title="This link is no longer valid"
          words="It was used already, it is too old, or a newer one was sent. Your account page says how your address stands."
          state="not_valid"
        >
          <ButtonLink to="/account">Go to your account</ButtonLink>
        </MessagePage>
      );
    case "confirmed":
      return (
        <MessagePage
          title="Your address is confirmed"
          words="Notifications come to it from now on. You choose how often on your account page."
          state="confirmed"
        >
          <ButtonLink to="/account">Go to your account</ButtonLink>
        </MessagePage>
      );
    case "asked":
      return (
        <MessagePage
          title="Confirm your e-mail address"
          words={`Notifications for the TikTok account “${answer.displayName}” would come to ${answer.address}. If that account is not yours, close this page.`}
          state="asked"
        >
          <form method="post" action="/email/confirm">
            <input type="hidden" name="token" value={answer.token} />
            <Button type="submit" tone="primary">
              Confirm this address
            </Button>
          </form>
        </MessagePage>
      );
  }
}
