import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Download } from "lucide-react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { logFilterSchema, logQuery } from "~/features/moderation/decision-log";
import { DecisionLogFilter } from "~/features/moderation/decision-log-filter";
import { DecisionLogTable } from "~/features/moderation/decision-log-table";
import { showDecisionLog } from "~/features/moderation/show-decision-log.server";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";

export const meta: MetaFunction = () => [{ title: "Log · Review · TrendPot" }];

const searchSchema = logFilterSchema.extend({ before: z.uuid().nullable().catch(null) });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { before, ...filter } = searchSchema.parse({ before: null, ...search });
  return { ...(await showDecisionLog(filter, { before, viewer })), filter, before };
}

export default function Log() {
  const { decisions, nextBefore, moderators, challenges, filter, before } = useLoaderData<typeof loader>();
  return (
    <div className="wrap section">
      <PageHead title="Log" lede="What was decided on every entry, by whom and why. Newest first.">
        <a className="btn" href={`/review/log.csv${logQuery(filter)}`} download>
          <Download size={16} aria-hidden="true" /> Download CSV
        </a>
      </PageHead>
      <DecisionLogFilter filter={filter} moderators={moderators} challenges={challenges} />
      {decisions.length === 0 ? (
        <EmptyState title="No such decision">Nothing was decided that fits this.</EmptyState>
      ) : (
        <DecisionLogTable decisions={decisions} />
      )}
      <PageLinks
        label="Pages of the log"
        first={before === null ? null : `/review/log${logQuery(filter)}`}
        next={nextBefore === null ? null : `/review/log${logQuery(filter, { before: nextBefore })}`}
      />
    </div>
  );
}
