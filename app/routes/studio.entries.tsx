import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { listMyEntries } from "~/features/submissions/list-my-entries.server";
import { MyEntryCard } from "~/features/submissions/my-entry-card";
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
  const page = await listMyEntries(viewer.userId, { at: context.at, before });
  return data({ ...page, before, entered: entered !== null }, { headers: { "Cache-Control": "no-store" } });
}

/** A refusal means that an entry has moved on meanwhile, so the list is read again. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus !== undefined || defaultShouldRevalidate;

const formSchema = z.object({ intent: z.enum(["withdraw", "resubmit"]), submissionId: z.uuid() });

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  try {
    const { intent, submissionId } = form.data;
    await (intent === "withdraw" ? withdrawSubmission : resubmitVideo)(submissionId, viewer);
  } catch (error) {
    return answerRefusal(error);
  }
  throw redirect("/studio/entries");
}

export default function MyEntries() {
  const { entries, nextBefore, before, entered } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="wrap section">
      <PageHead title="My entries" lede="Where each one stands, and what happens next." />
      {entered && (
        <Banner tone="approved" title="Your video is entered" focus>
          A moderator looks at it next. You will find the decision here.
        </Banner>
      )}
      {refused && (
        <Banner tone="rejected" title="Nothing changed">
          {refused.refusal.words}
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
              <MyEntryCard entry={entry} />
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
