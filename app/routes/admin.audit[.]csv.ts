import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { auditFilterSchema } from "~/features/operations/audit-filter";
import { exportAudit } from "~/features/operations/export-audit.server";

/** The same filter as the page's. */
export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const admin = await requireViewer(request, "admin");
  const filter = auditFilterSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!filter.success) return new Response("The search cannot be read.\n", { status: 400 });
  return new Response(await exportAudit(filter.data, admin, context.requestId), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="trendpot-audit-${context.at.toISOString().slice(0, 10)}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
