import { data, redirect } from "@remix-run/node";
import type { Viewer } from "./account";
import { findViewer } from "./find-viewer.server";

/** The guard line of every signed-in door. Nobody signed in: to /login and back. A role too low: 403. */
export async function requireViewer(
  request: Request,
  needs: "anyone" | "moderator" | "admin" = "anyone",
): Promise<Viewer> {
  const viewer = await findViewer(request);
  if (!viewer) {
    const { pathname, search } = new URL(request.url);
    const back = request.method === "GET" ? `${pathname.replace(/\.data$/, "")}${search}` : "/";
    throw redirect(`/login?returnTo=${encodeURIComponent(back)}`);
  }
  const enough =
    needs === "anyone" || viewer.role === "admin" || (needs === "moderator" && viewer.role === "moderator");
  if (!enough) throw data(null, { status: 403 });
  return viewer;
}
