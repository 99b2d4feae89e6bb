import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { watchDesks } from "~/features/moderation/watch-desks.server";

/** Server-sent events: says in which challenge something has changed, so that open desks read themselves anew. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" };
  // Only whether somebody answers: what a desk without its stream asks before it reads anew.
  if (request.method === "HEAD") return new Response(null, { headers });
  const stream = watchDesks(viewer, { request, shutdown: context.shutdown });
  if (stream === "full") return new Response(null, { status: 503, headers: { "Retry-After": "30" } });
  return new Response(stream, { headers });
}
