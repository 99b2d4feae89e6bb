import { type ActionFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form } from "@remix-run/react";
import { signOut } from "~/features/accounts/sign-out.server";
import { Button } from "~/ui/button";
import { MessagePage } from "~/ui/message-page";

export const meta: MetaFunction = () => [{ title: "Sign out · TrendPot" }];

export const handle = { document: "public" };

export async function action({ request }: ActionFunctionArgs) {
  throw redirect("/", { headers: { "Set-Cookie": await signOut(request) } });
}

/** A GET changes nothing: it asks. */
export default function SignOut() {
  return (
    <MessagePage
      title="Sign out?"
      words="Your entries stay in. Your TikTok link stays too; you can sign in again at any time."
    >
      <Form method="post" reloadDocument>
        <Button type="submit" tone="primary">
          Sign out
        </Button>
      </Form>
    </MessagePage>
  );
}
