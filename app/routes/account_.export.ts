import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { exportPerson } from "~/features/personal-data/export-person.server";

/** A GET makes nothing: whoever reloads is shown the button. */
export async function loader({ request }: LoaderFunctionArgs): Promise<never> {
  await requireViewer(request);
  throw redirect("/account");
}

/** A form posts here, so that no other site can have it made. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const viewer = await requireViewer(request);
  const made = await exportPerson(viewer, context.requestId);
  if (made.outcome === "rate_limited") {
    const words = `You have exported your data several times just now. Try again in ${Math.ceil(made.waitSeconds / 60)} minutes.\n`;
    const headers = { "Retry-After": String(made.waitSeconds), "Cache-Control": "no-store" };
    return new Response(words, { status: 429, headers: { ...headers, "Content-Type": "text/plain; charset=utf-8" } });
  }
  return new Response(made.body, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${made.fileName}"`,
      "Cache-Control": "no-store",
    },
  });
}
