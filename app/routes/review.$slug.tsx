import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  type SerializeFrom,
} from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
  useLocation,
} from "@remix-run/react";
import { useEffect } from "react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { actAtDesk } from "~/features/moderation/act-at-desk.server";
import { deskActionSchema } from "~/features/moderation/decision";
import { deskPlaceSchema } from "~/features/moderation/desk-place";
import { findReviewEntries } from "~/features/moderation/list-review-entries.server";
import { isAnswer, readOrKeep } from "~/features/moderation/read-or-keep";
import { ReviewDesk } from "~/features/moderation/review-desk";
import { showReviewDesk } from "~/features/moderation/show-review-desk.server";
import { countUnread } from "~/features/notifications/count-unread.server";
import { tellSoon } from "~/features/notifications/tell-soon.server";

export const meta: MetaFunction<typeof loader> = ({ data: desk }) => [
  { title: desk ? `Review ${desk.challenge.title} · TrendPot` : "Not found · TrendPot" },
];

const searchSchema = deskPlaceSchema.extend({
  select: z.literal("all").optional().catch(undefined),
  /** The entry that was just decided: its card says so and offers to undo. */
  decided: z.uuid().nullable().catch(null),
});

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { select, decided, ...place } = searchSchema.parse({ decided: null, ...search });
  const options = { place, selectAll: select !== undefined, decided, at: context.at, viewer };
  const [desk, unread] = await Promise.all([showReviewDesk(params.slug ?? "", options), countUnread(viewer.userId)]);
  if (!desk) throw data(null, { status: 404 });
  return { ...desk, place, at: context.at.toISOString(), unread };
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
    for (const name of ["decided", "entry", "select"]) next.delete(name);
    if (filled.next) next.set("entry", filled.next);
    if (done.kind === "decided") next.set("decided", done.entry?.submissionId ?? "");
    throw redirect(`/review/${params.slug}?${next}`);
  } catch (error) {
    const answer = answerRefusal(error);
    const of = "submissionId" in asked.data ? [asked.data.submissionId] : [];
    const standing = [...(await findReviewEntries(of, { at: context.at, viewer })).values()];
    return data({ ...answer.data, standing: standing[0] ?? null }, answer.init ?? undefined);
  }
}

/** This long without an answer is as good as no network. */
const NO_ANSWER_MS = 15_000;

/** A verdict that meets no network, or a server in trouble, comes back to the desk that it left. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs) {
  const tooLong = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new TypeError("no answer")), NO_ANSWER_MS);
  });
  try {
    return await Promise.race([serverAction<typeof action>(), tooLong]);
  } catch (error) {
    if (isAnswer(error)) throw error;
    // A browser's word for no network, unless it was lost in the middle of an answer.
    return { unsent: error instanceof TypeError || !navigator.onLine ? ("offline" as const) : ("failed" as const) };
  }
}

/** The desk that is shown, and its address. */
let lastRead: { url: string; desk: SerializeFrom<typeof loader> } | null = null;

export function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  return readOrKeep(serverLoader<typeof loader>, lastRead?.url === request.url ? lastRead.desk : null);
}

/** After a refusal too: somebody was first, and the desk shows how things stand. Not when nothing can be read. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, actionResult, defaultShouldRevalidate }) =>
  !actionResult?.unsent && (actionStatus === 409 || defaultShouldRevalidate);

export default function Review() {
  const desk = useLoaderData<typeof loader>();
  const { pathname, search } = useLocation();
  useEffect(() => {
    lastRead = { url: new URL(pathname + search, location.origin).href, desk };
  }, [desk, pathname, search]);
  // Nothing of one challenge's desk belongs on another's.
  return <ReviewDesk key={desk.challenge.slug} desk={desk} answer={useActionData<typeof action>() ?? null} />;
}
