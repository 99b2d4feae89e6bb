import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { PhaseChip } from "~/features/challenges/phase-chip";
import { actOnReview } from "~/features/moderation/act-on-review.server";
import { ReviewTargetForm } from "~/features/moderation/review-target-form";
import { RuleFields } from "~/features/moderation/rule-fields";
import { filledOf, reviewActSchema } from "~/features/moderation/rule-form";
import { RuleNotice } from "~/features/moderation/rule-notice";
import { RulePanel } from "~/features/moderation/rule-panel";
import { showReviewRules } from "~/features/moderation/show-review-rules.server";
import { tellSoon } from "~/features/notifications/tell-soon.server";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data: review }) => [
  { title: review ? `How entries are reviewed · ${review.challenge.title} · TrendPot` : "Not found · TrendPot" },
];

const searchSchema = z.object({
  done: z.enum(["saved", "tried", "enabled", "disabled", "retired", "target"]).nullable().catch(null),
  /** A rule to be changed, or a new one. */
  edit: z
    .union([z.literal("new"), z.uuid()])
    .nullable()
    .catch(null),
  /** The enabled rule that may be applied to what waits already. */
  pending: z.uuid().nullable().catch(null),
});

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { done, edit, pending } = searchSchema.parse({ done: null, edit: null, pending: null, ...search });
  const review = await showReviewRules(params.slug ?? "", { at: context.at, askedRule: pending });
  if (!review) throw data(null, { status: 404 });
  return { ...review, done, edit };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const filled = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
  const act = reviewActSchema.safeParse(filled);
  if (!act.success) {
    const { fieldErrors: errors } = z.flattenError(act.error);
    return data({ invalid: { filled, errors } }, { status: 400 });
  }
  try {
    const done = await actOnReview(params.slug ?? "", act.data, viewer, context.requestId);
    if (done.kind === "applied" || done.kind === "undone") {
      if (done.kind === "applied") await tellSoon();
      return { done };
    }
    const next = new URLSearchParams({ done: done.kind });
    // The second act is offered, never done by itself.
    if (done.kind === "enabled") next.set("pending", done.ruleId);
    throw redirect(`/admin/challenges/${params.slug}/review?${next}`);
  } catch (error) {
    return answerRefusal(error);
  }
}

/** After a refusal too: somebody was first, and the page shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export default function ChallengeReview() {
  const { challenge, rules, applicable, targetHours, approveAtTarget, done, edit } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  const invalid = answer && "invalid" in answer ? answer.invalid : null;
  const invalidRule = invalid?.filled.intent === "save" ? invalid : null;
  const invalidTarget = invalid?.filled.intent === "target" ? invalid : null;
  const page = `/admin/challenges/${challenge.slug}/review`;
  const edited = rules.find(({ id }) => id === (invalidRule?.filled.ruleId ?? edit)) ?? null;
  return (
    <div className="wrap section">
      <PageHead title="How entries are reviewed" lede={challenge.title}>
        <div className="flex flex-wrap items-center gap-4">
          <PhaseChip phase={challenge.phase} />
          <ButtonLink to="/admin/challenges">All challenges</ButtonLink>
        </div>
      </PageHead>
      <RuleNotice answer={answer} done={done} page={page} />
      <section className="mb-12" aria-labelledby="deadline">
        <h2 id="deadline" className="mb-4">
          Deadline
        </h2>
        <ReviewTargetForm
          key={`${targetHours} ${approveAtTarget}`}
          hours={targetHours}
          approveAtTarget={approveAtTarget}
          filled={invalidTarget?.filled ?? null}
          errors={invalidTarget?.errors ?? {}}
          page={page}
        />
      </section>
      <section aria-labelledby="rules">
        <div className="mb-4 flex flex-wrap items-end justify-between gap-4">
          <div>
            <h2 id="rules">Rules that help</h2>
            <p className="mt-1 text-ink-muted">
              They look at an entry when it is handed in. None rejects: a person does that.
            </p>
          </div>
          <ButtonLink to={`${page}?edit=new#rule`}>New rule</ButtonLink>
        </div>
        {rules.length === 0 && !edit && !invalidRule && (
          <EmptyState title="No rule yet">
            A rule can flag entries, suggest a rejection, or approve those of creators you trust.
          </EmptyState>
        )}
        <ul className="grid gap-4">
          {rules.map((rule) => (
            <li key={rule.id}>
              <RulePanel rule={rule} applicable={applicable} page={page} />
            </li>
          ))}
        </ul>
        {(edit || invalidRule) && (
          <div className="mt-6" id="rule">
            <h3 className="mb-3">{edited ? `Change “${edited.name}”` : "New rule"}</h3>
            <RuleFields
              key={edited ? `${edited.id} ${edited.version}` : "new"}
              rule={edited}
              filled={invalidRule?.filled ?? (edited ? filledOf(edited) : {})}
              errors={invalidRule?.errors ?? {}}
              back={page}
            />
          </div>
        )}
      </section>
    </div>
  );
}
