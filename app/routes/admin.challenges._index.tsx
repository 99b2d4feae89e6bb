import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { ChallengeAdminRow } from "~/features/challenges/challenge-admin-row";
import { challengeActSchema } from "~/features/challenges/challenge-form";
import { listChallenges } from "~/features/challenges/list-challenges.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Challenges · Admin · TrendPot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  return { challenges: await listChallenges(context.at, { all: true }) };
}

const formSchema = challengeActSchema.extend({ slug: z.string().max(80) });

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  try {
    await actOnChallenge(form.data.slug, form.data.intent, viewer, context.requestId);
  } catch (error) {
    return answerRefusal(error);
  }
  throw redirect("/admin/challenges");
}

/** After a refusal too: somebody was first, and the list shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export default function AdminChallenges() {
  const { challenges } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="wrap section">
      <PageHead title="Challenges" lede="Drafts are yours alone until you publish them.">
        <div className="flex flex-wrap gap-3">
          <ButtonLink to="/admin/audit">Audit log</ButtonLink>
          <ButtonLink to="/admin/challenges/new" tone="primary">
            New challenge
          </ButtonLink>
        </div>
      </PageHead>
      {refused && (
        <Banner tone="rejected" title="Nothing changed">
          {refused.refusal.code === "CONFLICT"
            ? "Its phase has changed since, and does not allow that. This is how it stands now."
            : refused.refusal.words}
        </Banner>
      )}
      {challenges.length === 0 ? (
        <EmptyState title="No challenge yet">Create one, look it over, then publish it.</EmptyState>
      ) : (
        <ul className="grid gap-3">
          {challenges.map((challenge) => (
            <li key={challenge.slug}>
              <ChallengeAdminRow challenge={challenge} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
