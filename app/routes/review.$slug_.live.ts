import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { watchDesk } from "~/features/moderation/watch-desk.server";

/** Server-sent events: says that something at this desk has changed, so that open desks read it anew. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" };
  // Only whether somebody answers: what a desk without its stream asks before it reads anew.
  if (request.method === "HEAD") return new Response(null, { headers });
  const stream = await watchDesk(params.slug ?? "", viewer, { request, shutdown: context.shutdown });
  if (stream === null) return new Response(null, { status: 404 });
  if (stream === "full") return new Response(null, { status: 503, headers: { "Retry-After": "30" } });
  return new Response(stream, { headers });
}
