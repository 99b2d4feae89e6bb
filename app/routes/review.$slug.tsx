import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import { deskActionSchema, deskTabs } from "~/features/moderation/decision";
import { findReviewEntry } from "~/features/moderation/list-review-entries.server";
import { ReviewDesk } from "~/features/moderation/review-desk";
import { showReviewDesk } from "~/features/moderation/show-review-desk.server";
import { undoDecision } from "~/features/moderation/undo-decision.server";
import { tellSoon } from "~/features/notifications/tell-soon.server";

export const meta: MetaFunction<typeof loader> = ({ data: desk }) => [
  { title: desk ? `Review ${desk.challenge.title} · TrendPot` : "Not found · TrendPot" },
];

const searchSchema = z.object({
  tab: z.enum(deskTabs).catch("pending"),
  after: z.uuid().nullable().catch(null),
  /** The entry that was just decided: its card says so and offers to undo. */
  decided: z.uuid().nullable().catch(null),
});

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { tab, after, decided } = searchSchema.parse({ after: null, decided: null, ...search });
  const desk = await showReviewDesk(params.slug ?? "", { tab, after, decided, at: context.at, viewer });
  if (!desk) throw data(null, { status: 404 });
  return { ...desk, tab, after, at: context.at.toISOString() };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const filled = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
  const form = deskActionSchema.safeParse(filled);
  if (!form.success) {
    return data({ invalid: { filled, errors: z.flattenError(form.error).fieldErrors } }, { status: 400 });
  }
  const { submissionId } = form.data;
  try {
    if (form.data.intent === "undo") await undoDecision(form.data, viewer, context.requestId);
    else await decideSubmission(form.data, viewer, context.requestId);
  } catch (error) {
    const answer = answerRefusal(error);
    const standing = await findReviewEntry(submissionId, { at: context.at, viewer });
    return data({ ...answer.data, standing }, answer.init ?? undefined);
  }
  const next = new URL(request.url).searchParams;
  next.delete("decided");
  if (form.data.intent !== "undo") {
    next.set("decided", submissionId);
    await tellSoon();
  }
  throw redirect(`/review/${params.slug}?${next}`);
}

/** After a refusal too: somebody was first, and the desk shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export default function Review() {
  return <ReviewDesk desk={useLoaderData<typeof loader>()} answer={useActionData<typeof action>() ?? null} />;
}
