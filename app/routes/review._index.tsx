import type { LoaderFunctionArgs, MetaFunction, SerializeFrom } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { ChartColumn, MessageSquareWarning, Scale, ScrollText, SquarePen } from "lucide-react";
import { useEffect } from "react";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { listReviewQueue } from "~/features/moderation/list-review-queue.server";
import { readOrKeep } from "~/features/moderation/read-or-keep";
import { ReviewQueueTable } from "~/features/moderation/review-queue-table";
import { useLiveDesk } from "~/features/moderation/use-live-desk";
import { countUnread } from "~/features/notifications/count-unread.server";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Review · TrendPot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { userId } = await requireViewer(request, "moderator");
  const [queue, unread] = await Promise.all([listReviewQueue(context.at), countUnread(userId)]);
  return { queue, unread };
}

/** The queue that is shown. */
let lastRead: SerializeFrom<typeof loader> | null = null;

export function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return readOrKeep(serverLoader<typeof loader>, lastRead);
}

export default function ReviewQueue() {
  const read = useLoaderData<typeof loader>();
  const { queue } = read;
  useEffect(() => {
    lastRead = read;
  }, [read]);
  useLiveDesk(null, null);
  const appeals = queue.reduce((sum, row) => sum + row.appeals, 0);
  return (
    <div className="wrap section">
      <PageHead title="Review" lede="Challenges with overdue entries come first, then those with entries that wait.">
        <p className="flex flex-wrap gap-2">
          <ButtonLink to="/review/appeals">
            <Scale size={16} aria-hidden="true" /> Appeals <span className="number">{appeals}</span>
          </ButtonLink>
          <ButtonLink to="/review/figures">
            <ChartColumn size={16} aria-hidden="true" /> Figures
          </ButtonLink>
          <ButtonLink to="/review/log">
            <ScrollText size={16} aria-hidden="true" /> Log
          </ButtonLink>
          <ButtonLink to="/review/reports">
            <MessageSquareWarning size={16} aria-hidden="true" /> Reported entries
          </ButtonLink>
          <ButtonLink to="/review/templates">
            <SquarePen size={16} aria-hidden="true" /> Templates
          </ButtonLink>
        </p>
      </PageHead>
      {queue.length === 0 ? (
        <EmptyState title="Nothing to review">A challenge appears here once it is open.</EmptyState>
      ) : (
        <ReviewQueueTable queue={queue} />
      )}
    </div>
  );
}
