import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import { deskActionSchema, deskTabs } from "~/features/moderation/decision";
import { ReviewDesk } from "~/features/moderation/review-desk";
import { showReviewDesk } from "~/features/moderation/show-review-desk.server";
import { undoDecision } from "~/features/moderation/undo-decision.server";

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
  return data({ ...desk, tab, after }, { headers: { "Cache-Control": "no-store" } });
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const form = deskActionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) return data({ invalid: z.flattenError(form.error).fieldErrors }, { status: 400 });
  const { submissionId } = form.data;
  try {
    if (form.data.intent === "undo") await undoDecision(form.data, viewer, context.requestId);
    else await decideSubmission(form.data, viewer, context.requestId);
  } catch (error) {
    const answer = answerRefusal(error);
    return data({ ...answer.data, submissionId }, answer.init ?? undefined);
  }
  const tab = searchSchema.shape.tab.parse(new URL(request.url).searchParams.get("tab"));
  const decided = form.data.intent === "undo" ? "" : `&decided=${submissionId}`;
  throw redirect(`/review/${params.slug}?tab=${tab}${decided}`);
}

export default function Review() {
  return <ReviewDesk desk={useLoaderData<typeof loader>()} answer={useActionData<typeof action>() ?? null} />;
}
