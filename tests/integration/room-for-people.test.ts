import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { watchSyncs } from "./watch-syncs";

/** Four calls a second, so that a refresh of four accounts has more to ask than the limit lets out. */
const PER_MINUTE = 240;
const VIDEOS = 180;
const BURST = 20;
const { tiktok, sql, people, verbs, stop } = await startProduct({
  jobs: "work",
  settings: { TIKTOK_INGESTION_RATE_LIMIT_PER_MIN: String(PER_MINUTE) },
});
const watch = watchSyncs(sql, tiktok);
afterAll(stop);

/** More than could be served within a person's patience if they stood in line with the refresh. */
const PEOPLE = 16;

test("while a refresh has the look-ups at their limit, people who enter a video are served at once", async () => {
  const accounts = ["one", "two", "three", "four"];
  for (const openId of accounts) {
    await tiktok.addAccount({ openId, displayName: openId, videos: VIDEOS });
    expect(await people.sync(await people.signIn(openId))).toMatchObject({ state: "succeeded", count: VIDEOS });
  }
  const slug = await openChallenge(verbs, (await people.signIn(ADMIN)).viewer);
  await tiktok.addAccount({ openId: "waiting", displayName: "Waiting", videos: PEOPLE });
  const person = await people.signIn("waiting");
  const posts = await tiktok.videos("waiting");

  runClock(13 * 3_600_000);
  // TikTok itself allows what the product was told, and not one call more.
  await tiktok.settings({ clockOffsetMs: 13 * 3_600_000, rateLimitPerMinute: PER_MINUTE + BURST });
  expect(await verbs.planRefresh()).toBe(accounts.length);
  const lookUps = () => tiktok.ledger({ endpoint: "video_lookup" });
  await watch.until(async () => (await lookUps()).length >= BURST);
  const enter = (reference: string) =>
    verbs.submitVideo({ slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() }, person.viewer);
  const entered = await Promise.allSettled(posts.map(({ id }) => enter(id)));
  expect(entered.map(({ status }) => status)).toEqual(posts.map(() => "fulfilled"));

  const calls = await lookUps();
  expect(calls.filter(({ openId }) => openId === "waiting")).toHaveLength(PEOPLE);
  const backgroundDone = () =>
    sql`select 1 from pgboss.job where name = 'refresh-videos' and state < 'completed'`.then(
      (left) => left.length === 0,
    );
  expect(await backgroundDone()).toBe(false);
  await watch.until(backgroundDone, 60_000);
  const all = await lookUps();
  expect(all.filter(({ status }) => status === 429)).toEqual([]);
  // Each asked for once.
  const asked = all.filter(({ openId }) => openId !== "waiting").flatMap(({ videoIds }) => [...(videoIds ?? [])]);
  expect(asked).toHaveLength(accounts.length * VIDEOS);
  expect(new Set(asked).size).toBe(asked.length);
});
