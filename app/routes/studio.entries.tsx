import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { OwnPlaceView } from "~/features/results/own-place-view";
import { showMyEntries } from "~/features/results/show-my-entries.server";
import { statementSchema } from "~/features/submissions/appeal";
import { MyEntryCard } from "~/features/submissions/my-entry-card";
import { openAppeal } from "~/features/submissions/open-appeal.server";
import { resubmitVideo } from "~/features/submissions/resubmit-video.server";
import { withdrawSubmission } from "~/features/submissions/withdraw-submission.server";
import { Banner } from "~/ui/banner";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";

export const meta: MetaFunction = () => [{ title: "My entries · TrendPot" }];

const searchSchema = z.object({
  before: z.uuid().nullable().catch(null),
  entered: z.literal("1").nullable().catch(null),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const search = new URL(request.url).searchParams;
  const { before, entered } = searchSchema.parse({ before: search.get("before"), entered: search.get("entered") });
  const page = await showMyEntries(viewer.userId, { at: context.at, before });
  return data({ ...page, before, entered: entered !== null }, { headers: { "Cache-Control": "no-store" } });
}

/** A refusal means that an entry has moved on meanwhile, so the list is read again. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus !== undefined || defaultShouldRevalidate;

const formSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("withdraw"), submissionId: z.uuid() }),
  z.object({ intent: z.literal("resubmit"), submissionId: z.uuid() }),
  z.object({ intent: z.literal("appeal"), submissionId: z.uuid(), statement: statementSchema }),
]);
type EntryAction = z.infer<typeof formSchema>;

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const filled = Object.fromEntries(await request.formData());
  const form = formSchema.safeParse(filled);
  if (!form.success) {
    const { statement: errors }: Partial<Record<string, string[]>> = z.flattenError(form.error).fieldErrors;
    if (!errors) throw data(null, { status: 400 });
    const appeal = { submissionId: String(filled.submissionId), statement: String(filled.statement), errors };
    return data({ appeal }, { status: 400 });
  }
  try {
    await act(form.data, viewer);
  } catch (error) {
    return answerRefusal(error);
  }
  throw redirect("/studio/entries");
}

async function act(action: EntryAction, viewer: Awaited<ReturnType<typeof requireViewer>>): Promise<void> {
  switch (action.intent) {
    case "withdraw":
      return withdrawSubmission(action.submissionId, viewer);
    case "resubmit":
      return resubmitVideo(action.submissionId, viewer);
    case "appeal":
      return openAppeal(action, viewer);
  }
}

export default function MyEntries() {
  const { entries, nextBefore, before, entered } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const appeal = answer && "appeal" in answer ? answer.appeal : null;
  return (
    <div className="wrap section">
      <PageHead title="My entries" lede="Where each one stands, and what happens next." />
      {entered && (
        <Banner tone="approved" title="Your video is entered" focus>
          A moderator looks at it next. You will find the decision here.
        </Banner>
      )}
      {answer && "refusal" in answer && (
        <Banner tone="rejected" title="Nothing changed">
          {answer.refusal.words}
        </Banner>
      )}
      {entries.length === 0 ? (
        <EmptyState title="You have not entered anything yet">
          Pick an open challenge and enter one of your videos.
        </EmptyState>
      ) : (
        <ul className="grid gap-6">
          {entries.map((entry) => (
            <li key={entry.submissionId}>
              <MyEntryCard entry={entry} filled={appeal?.submissionId === entry.submissionId ? appeal : null}>
                {entry.place && <OwnPlaceView entry={entry} place={entry.place} />}
              </MyEntryCard>
            </li>
          ))}
        </ul>
      )}
      <PageLinks
        label="Pages of my entries"
        first={before === null ? null : "/studio/entries"}
        next={nextBefore === null ? null : `/studio/entries?before=${nextBefore}`}
      />
    </div>
  );
}
