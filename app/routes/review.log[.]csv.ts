import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { logFilterSchema } from "~/features/moderation/decision-log";
import { streamDecisionLog } from "~/features/moderation/stream-decision-log.server";

export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const viewer = await requireViewer(request, "moderator");
  const filter = logFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  return new Response(streamDecisionLog(filter, viewer), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="decisions.csv"',
      "Cache-Control": "no-store",
    },
  });
}
