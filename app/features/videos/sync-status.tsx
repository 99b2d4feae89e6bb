import { Form } from "@remix-run/react";
import { Button } from "~/ui/button";
import type { SyncFailure, SyncStatus } from "./video";
import { isSyncActive } from "./video";

const failureWords: Record<SyncFailure, string> = {
  cursor_stuck:
    "TikTok's list stopped in the middle. Everything read so far is kept. Resume, or sync again to start over.",
  too_many_pages: "The list is longer than TrendPot reads. Everything read so far is kept.",
  link_expired: "Your TikTok link expired on the way. Reconnect, then resume.",
  scope_missing: "TikTok did not let us read your videos. Reconnect and leave the video boxes ticked.",
  link_revoked: "Access to your TikTok account was taken back on the way. Reconnect, then resume.",
  link_disconnected: "You disconnected TikTok on the way. Everything read so far is kept.",
  tiktok_unavailable: "TikTok did not answer for a while. Everything read so far is kept. Resume to go on.",
  key_unavailable: "The key service did not answer. Everything read so far is kept. Resume in a few minutes.",
  unexpected: "Something failed on our side. Everything read so far is kept. Resume to go on.",
};

/** How the latest sync stands, said aloud as it changes, with what can be done about it. */
export function SyncStatusBlock({ sync }: { sync: SyncStatus }) {
  const active = isSyncActive(sync.state);
  return (
    <div
      role="status"
      data-testid="sync-status"
      data-state={sync.state}
      data-count={sync.count}
      className="panel my-5 flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-4"
    >
      {active && <span className="spinner" aria-hidden="true" />}
      <p className="min-w-0 flex-1">
        <strong className="text-ink-strong">{titleOf(sync)}</strong>{" "}
        <span className="text-ink-muted">{wordsOf(sync)}</span>
      </p>
      {active && <SyncButton intent="cancel">Cancel</SyncButton>}
      {sync.resumable && <SyncButton intent="resume">Resume</SyncButton>}
    </div>
  );
}

/** For the action of the studio, wherever the block is shown. */
function SyncButton({ intent, children }: { intent: "cancel" | "resume"; children: string }) {
  return (
    <Form method="post" action="/studio?index">
      <Button type="submit" name="intent" value={intent}>
        {children}
      </Button>
    </Form>
  );
}

function titleOf({ state, count, kind }: SyncStatus): string {
  const soFar = `${count.toLocaleString("en")} so far`;
  switch (state) {
    case "idle":
      return "Not synced yet.";
    case "queued":
      return "Sync is about to start.";
    case "running":
      return `Syncing: ${soFar}.`;
    case "rate_limited":
      return `TikTok asks us to slow down: ${soFar}.`;
    case "succeeded":
      if (kind === "incremental") return "Your videos are up to date.";
      return count === 1 ? "1 video synced." : `${count.toLocaleString("en")} videos synced.`;
    case "partial":
      return `${count.toLocaleString("en")} videos synced, some could not be read.`;
    case "failed":
      return `Sync stopped at ${count.toLocaleString("en")}.`;
    case "cancelled":
      return `Sync cancelled at ${count.toLocaleString("en")}.`;
  }
}

function wordsOf(sync: SyncStatus): string {
  switch (sync.state) {
    case "idle":
      return "TrendPot reads your public videos when you press Sync now.";
    case "queued":
    case "running":
      return "You can leave this page; it goes on without you.";
    case "rate_limited":
      return "It goes on by itself in a moment.";
    case "failed":
      return failureWords[sync.failure ?? "unexpected"];
    case "cancelled":
      return "Everything read so far is kept. Resume to go on.";
    case "succeeded":
    case "partial":
      return "";
  }
}
