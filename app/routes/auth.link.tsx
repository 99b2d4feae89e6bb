import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { findSignInLink } from "~/features/accounts/find-sign-in-link.server";
import { type LinkProblem, signInWithLink } from "~/features/accounts/sign-in-with-link.server";
import { Button, ButtonLink } from "~/ui/button";
import { MessagePage } from "~/ui/message-page";

export const meta: MetaFunction = () => [{ title: "Sign in · TrendPot" }, { name: "robots", content: "noindex" }];

export const handle = { document: "public" };

/** The page holds a secret, and an answer may say when to ask again. */
export const headers: HeadersFunction = ({ loaderHeaders, actionHeaders }) =>
  actionHeaders.has("Cache-Control") ? actionHeaders : loaderHeaders;

const noStore = { "Cache-Control": "no-store" };

/** Uses nothing up: programs that preview a link open it too. */
export async function loader({ request }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const link = await findSignInLink(token);
  if (link.outcome === "refused") return refuse(link.problem);
  return data({ token, displayName: link.displayName }, { headers: noStore });
}

const formSchema = z.object({ token: z.string() });

export async function action({ request, context }: ActionFunctionArgs) {
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  const result = await signInWithLink(request, form.data.token, context.requestId);
  if (result.outcome === "refused") return refuse(result.problem);
  throw redirect("/review", { headers: { "Set-Cookie": result.cookie } });
}

const statusOf: Record<LinkProblem, number> = { not_valid: 404, rate_limited: 429, another_account: 409 };

function refuse(problem: LinkProblem) {
  const headers = problem === "rate_limited" ? { ...noStore, "Retry-After": "60" } : noStore;
  return data({ problem }, { status: statusOf[problem], headers });
}

const wordsOf: Record<LinkProblem, { title: string; words: string }> = {
  not_valid: {
    title: "This link is no longer valid",
    words: "It was used already, it is older than ten minutes, or a newer one was made. Ask your operator for another.",
  },
  rate_limited: {
    title: "Too many links that are none",
    words: "Wait a minute, then try again. A link that is good works all the same.",
  },
  another_account: {
    title: "You are signed in as somebody else",
    words: "Nothing changed, and the link is still good. Sign out first, then open it again.",
  },
};

export default function SignInByLink() {
  const asked = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? asked;
  if ("problem" in answer) {
    const { title, words } = wordsOf[answer.problem];
    return (
      <MessagePage title={title} words={words} state={answer.problem}>
        <ButtonLink to={answer.problem === "another_account" ? "/account" : "/login"} tone="primary">
          {answer.problem === "another_account" ? "Go to your account" : "Back to sign-in"}
        </ButtonLink>
      </MessagePage>
    );
  }
  return (
    <MessagePage
      title={`Sign in as ${answer.displayName}?`}
      words="Your operator made this link for the time while TikTok is down. It works once."
    >
      <Form method="post" action="/auth/link" reloadDocument>
        <input type="hidden" name="token" value={answer.token} />
        <Button type="submit" tone="primary">
          Sign in
        </Button>
      </Form>
    </MessagePage>
  );
}
