import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { actBesideEntry } from "~/features/moderation/act-beside-entry.server";
import { contextActionSchema, contextPath } from "~/features/moderation/entry-context";
import { EntryContextPanel } from "~/features/moderation/entry-context-panel";
import { showEntryContext } from "~/features/moderation/show-entry-context.server";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data: context }) => [
  { title: context ? `${context.entry.creatorName} · Review · TrendPot` : "Not found · TrendPot" },
];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const id = z.uuid().safeParse(params.id);
  const shown = id.success && (await showEntryContext(params.slug ?? "", id.data, { at: context.at, viewer }));
  // Answered, not thrown: the desk that reads this beside its list would go with it.
  return shown || data(null, { status: 404 });
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw data(null, { status: 404 });
  const filled = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
  const form = contextActionSchema.safeParse(filled);
  if (!form.success) {
    return data({ invalid: { filled, errors: z.flattenError(form.error).fieldErrors } }, { status: 400 });
  }
  try {
    await actBesideEntry(form.data, id.data, viewer, context.requestId);
  } catch (error) {
    return answerRefusal(error);
  }
  // Where there is a script, the desk stays where it is.
  if (filled.inPlace) return { done: form.data.intent };
  throw redirect(contextPath(params.slug ?? "", id.data));
}

/** One entry by itself, with what is known of it. */
export default function EntryBeside() {
  const context = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  if (!context) {
    return (
      <div className="wrap section">
        <EmptyState title="There is no such entry">Its creator may have deleted their data.</EmptyState>
      </div>
    );
  }
  return (
    <div className="wrap section max-w-3xl">
      <PageHead title="What is known of this entry" lede="Moderators alone read this.">
        <ButtonLink to={`/review/${context.slug}`}>Back to the desk</ButtonLink>
      </PageHead>
      <EntryContextPanel context={context} answer={answer} />
    </div>
  );
}
