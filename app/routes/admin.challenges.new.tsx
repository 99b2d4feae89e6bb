import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { contentOf, fillIn, nextSlug } from "~/features/challenges/challenge-edit";
import { ChallengeFields } from "~/features/challenges/challenge-fields";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { DomainError } from "~/features/domain-error";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "New challenge · Admin · TrendPot" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  const like = new URL(request.url).searchParams.get("like");
  if (like === null) return { like: null };
  const challenge = await findChallenge(like, { drafts: true });
  if (!challenge) throw data(null, { status: 404 });
  const filled = { ...fillIn(contentOf(challenge)), slug: nextSlug(challenge.slug) };
  return { like: { title: challenge.title, filled: { ...filled, opensAt: "", closesAt: "", postedFrom: "" } } };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const submission = parseWithZod(await request.formData(), { schema: challengeFormSchema });
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  try {
    await createChallenge(submission.value, viewer, context.requestId);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "SLUG_TAKEN") throw error;
    return data({ result: submission.reply({ fieldErrors: { slug: [error.words] } }) }, { status: error.status });
  }
  throw redirect("/admin/challenges");
}

export default function NewChallenge() {
  const { like } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const lede = like
    ? `It starts as a copy of ${like.title}. Give it dates of its own; it is saved as a draft first.`
    : "It is saved as a draft first.";
  return (
    <div className="wrap section">
      <PageHead title="New challenge" lede={lede} />
      <ChallengeFields lastResult={answer?.result ?? null} filled={like?.filled} save="Save as draft" />
    </div>
  );
}
