import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { z } from "zod";
import { LinkHealthBanner } from "~/features/accounts/link-health-banner";
import { requireLink } from "~/features/accounts/require-link.server";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { listMyVideos } from "~/features/submissions/list-my-videos.server";
import { MyVideoCard } from "~/features/submissions/my-video-card";
import { isNarrowed, readVideosView, videosSearch } from "~/features/submissions/my-videos";
import { MyVideosTools, NoVideoHere } from "~/features/submissions/my-videos-tools";
import { cancelSync } from "~/features/videos/cancel-sync.server";
import { findSyncStatus } from "~/features/videos/find-sync-status.server";
import { requestSync } from "~/features/videos/request-sync.server";
import { resumeSync } from "~/features/videos/resume-sync.server";
import { SyncStatusBlock } from "~/features/videos/sync-status";
import { isSyncActive } from "~/features/videos/video";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";

export const meta: MetaFunction = () => [{ title: "My videos · TrendPot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const view = readVideosView(new URL(request.url).searchParams);
  const [link, sync, page] = await Promise.all([
    requireLink(viewer.accountId),
    findSyncStatus(viewer.accountId),
    listMyVideos(viewer.accountId, { view, at: context.at }),
  ]);
  return data({ link, sync, ...page, view }, { headers: { "Cache-Control": "no-store" } });
}

/** *Sync now* says nothing; a request without a body is no form to be read. */
const intentSchema = z.enum(["sync", "cancel", "resume"]).nullable();
const verbs = { sync: requestSync, cancel: cancelSync, resume: resumeSync };

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = request.headers.has("content-type") ? await request.formData() : new FormData();
  const intent = intentSchema.safeParse(form.get("intent"));
  if (!intent.success) throw data(null, { status: 400 });
  try {
    await verbs[intent.data ?? "sync"](viewer.accountId);
  } catch (error) {
    return answerRefusal(error);
  }
  throw redirect(`/studio${videosSearch(readVideosView(new URL(request.url).searchParams))}`);
}

export default function Studio() {
  const { link, sync, view, videos, nextBefore, found, total, readsAi } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  useProgress(isSyncActive(sync.state));
  return (
    <div className="wrap section">
      <PageHead title="My videos" lede={total === 1 ? "1 public video" : `${total.toLocaleString("en")} public videos`}>
        <Form method="post">
          <Button type="submit" tone="primary" disabled={busy}>
            Sync now
          </Button>
        </Form>
      </PageHead>
      {refused && (
        <Banner tone="rejected" title="Not synced">
          {refused.refusal.words}
        </Banner>
      )}
      <LinkHealthBanner link={link} returnTo="/studio" />
      <SyncStatusBlock sync={sync} />
      {total > 0 && <MyVideosTools view={view} readsAi={readsAi} />}
      {isNarrowed(view) && found > 0 && (
        <p className="mb-4 text-ink-muted">
          {found === 1 ? "1 video fits" : `${found.toLocaleString("en")} videos fit`}
        </p>
      )}
      {videos.length > 0 && (
        <ul className="card-grid six">
          {videos.map((video, index) => (
            <li key={video.tiktokVideoId}>
              <MyVideoCard video={video} eager={index < 6} />
            </li>
          ))}
        </ul>
      )}
      {videos.length === 0 && total > 0 && <NoVideoHere path="/studio" view={view} />}
      {total === 0 && (
        <EmptyState title={sync.state === "succeeded" ? "TikTok lists no public video of yours" : "No videos here yet"}>
          {sync.state === "succeeded"
            ? "Post one publicly on TikTok, then press Sync now."
            : "Press Sync now and TrendPot reads your public videos from TikTok."}
        </EmptyState>
      )}
      <PageLinks
        label="Pages of my videos"
        first={view.before === null ? null : `/studio${videosSearch({ ...view, before: null })}`}
        next={nextBefore === null ? null : `/studio${videosSearch({ ...view, before: nextBefore })}`}
      />
    </div>
  );
}

const POLL_MS = 1_500;

/** While a sync runs, asks again until it has ended. */
function useProgress(active: boolean) {
  const revalidator = useRevalidator();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (revalidator.state === "idle" && document.visibilityState === "visible") revalidator.revalidate();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [active, revalidator]);
}
