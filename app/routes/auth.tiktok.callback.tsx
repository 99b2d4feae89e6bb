import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { finishSignIn, type SignInProblem } from "~/features/accounts/finish-sign-in.server";
import { ButtonLink } from "~/ui/button";
import { MessagePage } from "~/ui/message-page";

export const meta: MetaFunction = () => [
  { title: "Sign-in not finished · TrendPot" },
  { name: "robots", content: "noindex" },
];

export const handle = { document: "public" };

const statusOf: Record<SignInProblem, number> = {
  unknown_state: 400,
  denied: 403,
  not_a_test_user: 403,
  app_misconfigured: 503,
  scope_misconfigured: 503,
  code_refused: 400,
  tiktok_unavailable: 503,
  another_account: 409,
  keys_unavailable: 503,
};

export async function loader({ request }: LoaderFunctionArgs) {
  const result = await finishSignIn(request);
  if (result.outcome === "signed_in") throw redirect(result.returnTo, { headers: { "Set-Cookie": result.cookie } });
  return data(
    { problem: result.problem },
    { status: statusOf[result.problem], headers: { "Cache-Control": "no-store" } },
  );
}

const wordsOf: Record<SignInProblem, { title: string; words: string }> = {
  unknown_state: {
    title: "This sign-in is no longer valid",
    words: "It was used already, it is older than ten minutes, or it began in another browser. Start again from here.",
  },
  denied: {
    title: "You did not connect TikTok",
    words: "You pressed cancel at TikTok, so nothing was shared and nothing changed here.",
  },
  not_a_test_user: {
    title: "This TikTok account is not a test user",
    words: "TrendPot runs in TikTok's sandbox here. Ask the operator to add your account to its test users.",
  },
  app_misconfigured: {
    title: "Sign-in is not set up correctly",
    words: "TikTok does not accept this site's settings. It is not your doing. The operator can see why in the log.",
  },
  scope_misconfigured: {
    title: "Sign-in is not set up correctly",
    words:
      "This site asks TikTok for something it may not ask for. It is not your doing. The operator can see why in the log.",
  },
  code_refused: {
    title: "TikTok did not finish the sign-in",
    words: "TikTok refused the sign-in code. That happens when a page is loaded twice. Start again from here.",
  },
  tiktok_unavailable: {
    title: "TikTok does not answer",
    words: "Nothing was lost. Try again in a few minutes.",
  },
  another_account: {
    title: "That was another TikTok account",
    words: "You are signed in with a different one, so nothing changed. Sign out first if you want to switch.",
  },
  keys_unavailable: {
    title: "Sign-in is paused",
    words:
      "The key service that protects your TikTok access does not answer, so nothing was stored. Try again in a few minutes.",
  },
};

export default function SignInNotFinished() {
  const { problem } = useLoaderData<typeof loader>();
  const { title, words } = wordsOf[problem];
  return (
    <MessagePage title={title} words={words} state={problem}>
      <ButtonLink to={problem === "another_account" ? "/account" : "/login"} tone="primary">
        {problem === "another_account" ? "Go to your account" : "Back to sign-in"}
      </ButtonLink>
    </MessagePage>
  );
}
