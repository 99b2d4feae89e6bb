import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { actAtDesk } from "~/features/moderation/act-at-desk.server";
import { deskActionSchema, deskTabs } from "~/features/moderation/decision";
import { findReviewEntries } from "~/features/moderation/list-review-entries.server";
import { ReviewDesk } from "~/features/moderation/review-desk";
import { showReviewDesk } from "~/features/moderation/show-review-desk.server";
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
  const form = await request.formData();
  const filled = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
  const selected = form.getAll("selected").map(String);
  const asked = deskActionSchema.safeParse({ ...filled, selected });
  if (!asked.success) {
    const { fieldErrors: errors } = z.flattenError(asked.error);
    return data({ invalid: { filled, selected, errors } }, { status: 400 });
  }
  try {
    const done = await actAtDesk(asked.data, viewer, context.requestId);
    if (done.kind === "decided" || done.kind === "bulk") await tellSoon();
    // Where there is a script it stays in its place and hears what came of it; a page goes on to the next one.
    if (filled.inPlace || done.kind === "bulk") return { done };
    const next = new URL(request.url).searchParams;
    next.delete("decided");
    if (done.kind === "decided") next.set("decided", done.entry?.submissionId ?? "");
    throw redirect(`/review/${params.slug}?${next}`);
  } catch (error) {
    const answer = answerRefusal(error);
    const of = "submissionId" in asked.data ? [asked.data.submissionId] : [];
    const standing = [...(await findReviewEntries(of, { at: context.at, viewer })).values()];
    return data({ ...answer.data, standing: standing[0] ?? null }, answer.init ?? undefined);
  }
}

/** After a refusal too: somebody was first, and the desk shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export default function Review() {
  const desk = useLoaderData<typeof loader>();
  // Nothing of one challenge's desk belongs on another's.
  return <ReviewDesk key={desk.challenge.slug} desk={desk} answer={useActionData<typeof action>() ?? null} />;
}
