import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { dismissReports } from "~/features/moderation/dismiss-reports.server";
import { listReportedEntries } from "~/features/moderation/list-reported-entries.server";
import { dismissSchema } from "~/features/moderation/report";
import { ReportedEntryPanel } from "~/features/moderation/reported-entry-panel";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Reported entries · Review · TrendPot" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  return { entries: await listReportedEntries(viewer) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const form = dismissSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  try {
    await dismissReports(form.data, viewer, context.requestId);
  } catch (error) {
    return answerRefusal(error);
  }
  throw redirect("/review/reports");
}

export default function ReportedEntries() {
  const { entries } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="wrap section max-w-3xl">
      <PageHead title="Reported entries" lede="Dismiss what you have looked at; decide on the entry at the desk.">
        <ButtonLink to="/review">All challenges</ButtonLink>
      </PageHead>
      {refused && (
        <Banner tone="rejected" title="Not dismissed">
          {refused.refusal.words}
        </Banner>
      )}
      {entries.length === 0 ? (
        <EmptyState title="Nothing is reported">What visitors report appears here.</EmptyState>
      ) : (
        <ul className="grid gap-4">
          {entries.map((entry) => (
            <li key={entry.submissionId}>
              <ReportedEntryPanel entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
