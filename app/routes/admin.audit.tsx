import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Download } from "lucide-react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { auditFilterSchema, searchOf } from "~/features/operations/audit-filter";
import { AuditForm } from "~/features/operations/audit-form";
import { AuditList } from "~/features/operations/audit-list";
import { listAuditActions } from "~/features/operations/list-audit-actions.server";
import { searchAudit } from "~/features/operations/search-audit.server";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";

export const meta: MetaFunction = () => [{ title: "Audit log · Admin · TrendPot" }];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

const pageSchema = z.uuid().nullable().catch(null);

export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const before = pageSchema.parse(given.before ?? null);
  const filter = auditFilterSchema.safeParse(given);
  const actions = await listAuditActions();
  const init = { status: filter.success ? 200 : 400, headers: { "Cache-Control": "no-store" } };
  if (!filter.success) return data({ given, actions, errors: z.flattenError(filter.error).fieldErrors }, init);
  const found = await searchAudit(filter.data, before);
  const link = (more?: Record<string, string>) => searchOf(filter.data, more);
  const pages = {
    csv: `/admin/audit.csv${link()}`,
    first: before === null ? null : `/admin/audit${link()}`,
    next: found.nextBefore === null ? null : `/admin/audit${link({ before: found.nextBefore })}`,
  };
  return data({ given, actions, errors: {}, entries: found.entries, pages }, init);
}

export default function Audit() {
  const { given, actions, errors, ...found } = useLoaderData<typeof loader>();
  return (
    <div className="wrap section">
      <PageHead title="Audit log" lede="Who did what, to what, and when. Nothing here can be changed.">
        {"pages" in found && (
          <a className="btn" href={found.pages.csv}>
            <Download size={16} aria-hidden="true" /> Download as CSV
          </a>
        )}
      </PageHead>
      <AuditForm given={given} actions={actions} errors={errors} />
      {"entries" in found && found.entries.length === 0 && (
        <EmptyState title="Nothing found">
          No line fits all of this. Leave something out, or look at other days.
        </EmptyState>
      )}
      {"entries" in found && found.entries.length > 0 && (
        <>
          <AuditList entries={found.entries} />
          <PageLinks label="Pages of the log" first={found.pages.first} next={found.pages.next} />
        </>
      )}
    </div>
  );
}
