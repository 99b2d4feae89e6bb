import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { listReviewQueue } from "~/features/moderation/list-review-queue.server";
import { ReviewQueueTable } from "~/features/moderation/review-queue-table";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Review · TrendPot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "moderator");
  return { queue: await listReviewQueue(context.at) };
}

export default function ReviewQueue() {
  const { queue } = useLoaderData<typeof loader>();
  return (
    <div className="wrap section">
      <PageHead title="Review" lede="Challenges with entries that wait come first.">
        <ButtonLink to="/review/reports">Reported entries</ButtonLink>
      </PageHead>
      {queue.length === 0 ? (
        <EmptyState title="Nothing to review">A challenge appears here once it is open.</EmptyState>
      ) : (
        <ReviewQueueTable queue={queue} />
      )}
    </div>
  );
}
