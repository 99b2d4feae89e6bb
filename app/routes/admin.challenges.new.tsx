import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { ChallengeFields } from "~/features/challenges/challenge-fields";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { DomainError } from "~/features/domain-error";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "New challenge · Admin · TrendPot" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  return null;
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
  const answer = useActionData<typeof action>();
  return (
    <div className="wrap section">
      <PageHead title="New challenge" lede="It is saved as a draft first." />
      <ChallengeFields lastResult={answer?.result ?? null} />
    </div>
  );
}
