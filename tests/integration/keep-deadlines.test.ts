import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { brokenInvariants } from "./fold-of-decisions";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { HOUR, MINUTE, watchRefreshes } from "./watch-refreshes";
import { watchSyncs } from "./watch-syncs";

/** What the system decides: a change that was not made in time, and a video that did not come back in time. */
const product = await startProduct();
const { tiktok, sql, people, verbs, stop } = product;
const { pass } = watchRefreshes(product, watchSyncs(sql, tiktok));
const { keepDeadlines } = await import("~/features/moderation/keep-deadlines.server");
const { tellCreators } = await import("~/features/notifications/tell-creators.server");
const { listNotifications } = await import("~/features/notifications/list-notifications.server");
const { listMyEntries } = await import("~/features/submissions/list-my-entries.server");
const { lookUpVideos } = await import("~/features/videos/look-up-videos.server");
const { freezeChallenge } = await import("~/features/results/freeze-challenge.server");
const { now } = await import("~/infra/clock.server");
afterAll(stop);

const WINDOW = 10_000;
const GRACE = 72 * HOUR;

let admin: Person;
let moderator: Person;
beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  moderator = await people.signIn("staff-mara", { role: "moderator" });
});

let number = 0;
/** A creator of their own with one entry in it. */
async function enter(slug: string) {
  number += 1;
  const openId = `maker-${number}`;
  await tiktok.addAccount({ openId, displayName: "Maker", videos: [{ agoMs: HOUR }] });
  const person = await people.signIn(openId);
  const [video] = await tiktok.videos(openId);
  const videoId = video?.id ?? "";
  const request = { slug, reference: videoId, acceptedRulesVersion: 1, attemptId: randomUUID() };
  const { submissionId } = await verbs.submitVideo(request, person.viewer);
  const { accountId, userId } = person.viewer;
  return {
    person,
    openId,
    videoId,
    submissionId,
    /** Asks TikTok for it, as a refresh does. */
    look: () => lookUpVideos(accountId, [videoId], "background"),
    own: async () => (await listMyEntries(userId, { at: now(), before: null })).entries[0],
    told: async () => (await listNotifications(userId, { at: now(), before: null })).notifications,
  };
}
type Entered = Awaited<ReturnType<typeof enter>>;

const act = (slug: string, what: "close" | "cancel") => verbs.actOnChallenge(slug, what, admin.viewer, randomUUID());
const requestChange = ({ submissionId }: Entered) => {
  const verdict = { intent: "request_change", submissionId, seenVersion: 1, message: "Name the place." } as const;
  return verbs.decideSubmission(verdict, moderator.viewer, randomUUID());
};
const approve = ({ submissionId }: Entered) =>
  verbs.decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, moderator.viewer, randomUUID());
/** As several processes would. */
const keep = () => Promise.all([keepDeadlines(), keepDeadlines(), keepDeadlines()]);
const decisionsBySystem = ({ submissionId }: Entered) => sql`
  select to_state, reason_code from decisions where submission_id = ${submissionId} and actor_kind = 'system'`;

describe("a requested change", () => {
  test("that was not made when the challenge closes leads to a rejection, once, and its creator is told why", async () => {
    const slug = await openChallenge(verbs, admin.viewer);
    const [late, made, unseen] = [await enter(slug), await enter(slug), await enter(slug)];
    for (const entry of [late, made]) await requestChange(entry);
    await pass(WINDOW);
    await verbs.resubmitVideo(made.submissionId, made.person.viewer);
    await requestChange(unseen);
    await keep();
    expect(await late.own(), "there is time").toMatchObject({ state: "changes_requested" });
    await act(slug, "close");
    await keep();
    expect(await late.own()).toMatchObject({ state: "rejected", appealUntil: expect.any(String) });
    expect(await made.own()).toMatchObject({ state: "pending" });
    expect(await decisionsBySystem(unseen), "it can still be undone").toEqual([]);
    expect(await decisionsBySystem(late)).toEqual([{ to_state: "rejected", reason_code: "CHANGE_NOT_MADE" }]);
    await tellCreators();
    const [told] = await late.told();
    expect(told).toMatchObject({
      kind: "rejected",
      reason: "CHANGE_NOT_MADE",
      message: expect.stringMatching(/in time/),
    });
    await expect(freezeChallenge(slug, admin.viewer, "request-1")).rejects.toMatchObject({ code: "ENTRIES_UNDECIDED" });
    await pass(WINDOW);
    await keep();
    expect(await decisionsBySystem(unseen)).toHaveLength(1);
    await expect(requestChange(made)).rejects.toMatchObject({ code: "CHANGE_TOO_LATE" });
    expect(await brokenInvariants(sql, slug)).toEqual([]);
  });
});

describe("an approved entry whose video is not public any more", () => {
  /** Approved, and missing from two look-ups some time apart. */
  async function absent(slug: string): Promise<Entered> {
    const entry = await enter(slug);
    await approve(entry);
    await pass(WINDOW);
    await vanish(entry);
    return entry;
  }
  async function vanish(entry: Entered): Promise<void> {
    await tiktok.changeVideo(entry.openId, entry.videoId, { privacy: "private" });
    for (const _ of [1, 2]) {
      await pass(11 * MINUTE);
      await entry.look();
    }
  }
  const until = async (entry: Entered) =>
    (await entry.own())?.timeline.flatMap((step) => (step.kind === "unavailable" ? [step.until] : []));

  test("is disqualified only after its creator was told, and TikTok has said so after the deadline", async () => {
    const slug = await openChallenge(verbs, admin.viewer);
    const entry = await absent(slug);
    await pass(2 * GRACE);
    await entry.look();
    await keep();
    expect(await until(entry), "nobody was told").toEqual([null]);
    await Promise.all([tellCreators(), tellCreators()]);
    const deadline = now().getTime() + GRACE;
    const told = await entry.told();
    expect(told.map(({ kind }) => kind)).toEqual(["video_unavailable", "approved"]);
    const [words] = (await until(entry)) ?? [];
    expect(words).toBe(told[0]?.absence?.until);
    expect(Math.abs(Date.parse(words ?? "") - deadline)).toBeLessThan(MINUTE);

    await pass(GRACE - MINUTE);
    await entry.look();
    await keep();
    expect(await decisionsBySystem(entry)).toEqual([]);
    await pass(2 * MINUTE);
    for (const kind of ["html", "rate_limit"] as const) {
      await tiktok.addFault({ endpoint: "video_lookup", kind, retryAfter: "600" });
      await entry.look().catch(() => undefined);
      await tiktok.clearFaults();
      await sql`delete from rate_buckets`;
      await keep();
      expect(await decisionsBySystem(entry), `TikTok answered ${kind}`).toEqual([]);
    }
    await entry.look();
    await sql`update tiktok_accounts set link_health = 'expired' where open_id = ${entry.openId}`;
    await keep();
    expect(await decisionsBySystem(entry), "the link is not healthy").toEqual([]);
    await sql`update tiktok_accounts set link_health = 'healthy' where open_id = ${entry.openId}`;
    await keep();
    expect(await decisionsBySystem(entry)).toEqual([{ to_state: "disqualified", reason_code: "VIDEO_UNAVAILABLE" }]);
    expect(await entry.own()).toMatchObject({ state: "disqualified", appealUntil: expect.any(String) });
    await tellCreators();
    expect((await entry.told()).map(({ kind, reason }) => [kind, reason])).toContainEqual([
      "disqualified",
      "VIDEO_UNAVAILABLE",
    ]);
    expect(await sql`select actor_kind from audit_log where action = 'submission.disqualified'`).toEqual([
      { actor_kind: "system" },
    ]);
  });

  test("stays when its video comes back in time; when it goes again, its creator is told of another deadline", async () => {
    const slug = await openChallenge(verbs, admin.viewer);
    const entry = await absent(slug);
    await tellCreators();
    const [first] = (await until(entry)) ?? [];
    await tiktok.changeVideo(entry.openId, entry.videoId, { privacy: "public" });
    await pass(HOUR);
    await entry.look();
    expect(await until(entry)).toEqual([]);
    await pass(GRACE);
    await keep();
    expect(await decisionsBySystem(entry)).toEqual([]);
    expect((await entry.told())[0]?.absence, "no deadline any more").toMatchObject({ until: null });
    await vanish(entry);
    await keep();
    await tellCreators();
    const [second] = (await until(entry)) ?? [];
    expect(Date.parse(second ?? "")).toBeGreaterThan(Date.parse(first ?? "") + GRACE);
    expect((await entry.told()).map(({ kind }) => kind)).toEqual([
      "video_unavailable",
      "video_unavailable",
      "approved",
    ]);
    await keep();
    expect(await decisionsBySystem(entry)).toEqual([]);
  });

  test("is left alone once the standings are frozen", async () => {
    const slug = await openChallenge(verbs, admin.viewer);
    const entry = await absent(slug);
    await tellCreators();
    await act(slug, "close");
    await freezeChallenge(slug, admin.viewer, "request-2");
    await pass(GRACE + MINUTE);
    await entry.look();
    await keep();
    expect(await decisionsBySystem(entry)).toEqual([]);
    expect(await until(entry)).toEqual([null]);
  });
});

// The last: it passes more time than any challenge of the others is open.
test("a change that was requested in a challenge that is then cancelled leads to nothing", async () => {
  const slug = await openChallenge(verbs, admin.viewer);
  const entry = await enter(slug);
  await requestChange(entry);
  await pass(WINDOW);
  await act(slug, "cancel");
  await pass(31 * 24 * HOUR);
  await keep();
  expect(await decisionsBySystem(entry)).toEqual([]);
});
