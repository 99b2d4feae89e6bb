import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { allowEmbedding } from "~/features/challenges/allow-embedding.server";
import type { Phase } from "~/features/challenges/challenge";
import { ChallengeAdminRow } from "~/features/challenges/challenge-admin-row";
import { challengeActSchema } from "~/features/challenges/challenge-form";
import { embedFormSchema } from "~/features/challenges/embedding";
import { listChallenges } from "~/features/challenges/list-challenges.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Challenges · Admin · TrendPot" }];

const newRulesSchema = z.coerce.number().int().min(2).nullable().catch(null);

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  const search = new URL(request.url).searchParams;
  return {
    challenges: await listChallenges(context.at, { all: true }),
    edited: search.get("edited"),
    newRules: newRulesSchema.parse(search.get("rules")),
    embedRoot: new URL("/embed/challenges", request.url).href,
  };
}

const actSchema = challengeActSchema.extend({ slug: z.string().max(80) });
const formSchema = z.discriminatedUnion("intent", [actSchema, embedFormSchema]);

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const filled = Object.fromEntries(await request.formData());
  const form = formSchema.safeParse(filled);
  if (!form.success) {
    const { origins } = z.flattenError(form.error).fieldErrors as { origins?: string[] };
    if (!origins) throw data(null, { status: 400 });
    return data({ invalid: { slug: String(filled.slug), origins } }, { status: 400 });
  }
  try {
    if (form.data.intent === "embed") await allowEmbedding(form.data, viewer, context.requestId);
    else await actOnChallenge(form.data.slug, form.data.intent, viewer, context.requestId);
  } catch (error) {
    return answerRefusal(error);
  }
  throw redirect("/admin/challenges");
}

/** After a refusal too: somebody was first, and the list shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export default function AdminChallenges() {
  const { challenges, embedRoot, edited: slug, newRules } = useLoaderData<typeof loader>();
  const edited = challenges.find((challenge) => challenge.slug === slug);
  const answer = useActionData<typeof action>();
  const refusal = answer && "refusal" in answer ? answer.refusal : null;
  const invalid = answer && "invalid" in answer ? answer.invalid : null;
  return (
    <div className="wrap section">
      <PageHead title="Challenges" lede="Drafts are yours alone until you publish them.">
        <div className="flex flex-wrap gap-3">
          <ButtonLink to="/admin/people">People</ButtonLink>
          <ButtonLink to="/admin/audit">Audit log</ButtonLink>
          <ButtonLink to="/admin/tiktok">TikTok</ButtonLink>
          <ButtonLink to="/admin/jobs">Jobs</ButtonLink>
          <ButtonLink to="/admin/challenges/new" tone="primary">
            New challenge
          </ButtonLink>
        </div>
      </PageHead>
      {refusal && (
        <Banner tone="rejected" title="Nothing changed">
          {refusal.code === "CONFLICT"
            ? "Its phase has changed since, and does not allow that. This is how it stands now."
            : refusal.words}
        </Banner>
      )}
      {!answer && edited && (
        <Banner tone="approved" title={`${edited.title} is saved`} focus>
          {savedWords(edited.phase, newRules)}
        </Banner>
      )}
      {challenges.length === 0 ? (
        <EmptyState title="No challenge yet">Create one, look it over, then publish it.</EmptyState>
      ) : (
        <ul className="grid gap-3">
          {challenges.map((challenge) => (
            <li key={challenge.slug}>
              <ChallengeAdminRow
                challenge={challenge}
                embedAddress={`${embedRoot}/${challenge.slug}`}
                originErrors={invalid?.slug === challenge.slug ? invalid.origins : []}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function savedWords(phase: Phase, newRules: number | null): string {
  if (phase === "draft") return "It is still a draft.";
  if (newRules === null) return "Everybody reads it as it is now.";
  return `Its rules have version ${newRules} now. Entries keep the version that they were made by.`;
}
