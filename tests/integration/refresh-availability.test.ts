import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";
import { HOUR, MINUTE, watchRefreshes } from "./watch-refreshes";
import { watchSyncs } from "./watch-syncs";

/** Covers and availability after the first sync. */
const product = await startProduct({ jobs: "work" });
const { tiktok, sql, people, verbs, stop } = product;
const watch = watchSyncs(sql, tiktok);
const { at, pass, stored, asked, refresh, creator } = watchRefreshes(product, watch);
afterAll(stop);
afterEach(() => tiktok.clearFaults());

let admin: Person;
beforeAll(async () => {
  admin = await people.signIn(ADMIN);
});

const enter = (person: Person, slug: string, reference: string) =>
  verbs.submitVideo({ slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() }, person.viewer);

describe("covers", () => {
  test("are renewed before their signature runs out", async () => {
    await creator("covers", 23);
    const before = await stored("covers");
    await pass(5 * HOUR + 40 * MINUTE);
    await refresh();
    expect((await asked("covers")).flat()).toHaveLength(23);
    const clock = at();
    for (const [index, { coverEnds }] of (await stored("covers")).entries()) {
      expect(Date.parse(before[index]?.coverEnds ?? "")).toBeGreaterThan(clock);
      expect(Date.parse(coverEnds)).toBeGreaterThan(clock + 5 * HOUR);
    }
  });

  test("that TikTok signs for minutes only are not asked for over and over", async () => {
    await tiktok.settings({ coverTtlSeconds: 60 });
    await creator("brief", 3);
    await pass(6 * MINUTE);
    await refresh();
    await refresh();
    expect(await asked("brief")).toHaveLength(1);
    await tiktok.settings({ coverTtlSeconds: 6 * 3600 });
  });
});

describe("a video that is gone", () => {
  const availability = async (openId: string, id: string) =>
    (await stored(openId)).find((video) => video.id === id)?.availability;

  test("is unconfirmed when it is missing once, unavailable when it is missing again later, and comes back", async () => {
    const person = await creator("gone", 2);
    const [id = ""] = person.ids;
    await enter(person, await openChallenge(verbs, admin.viewer), id);
    await tiktok.changeVideo("gone", id, { privacy: "private" });
    await pass(16 * MINUTE);
    await refresh();
    expect(await availability("gone", id)).toBe("unconfirmed");
    await refresh();
    expect(await availability("gone", id)).toBe("unconfirmed");
    await pass(11 * MINUTE);
    await refresh();
    expect(await availability("gone", id)).toBe("unavailable");
    expect(await asked("gone")).toEqual([[id], [id]]);
    await tiktok.changeVideo("gone", id, { privacy: "public" });
    await pass(16 * MINUTE);
    await refresh();
    expect(await availability("gone", id)).toBe("public");
  });

  test("stays public while TikTok fails, throttles or refuses", async () => {
    const person = await creator("unsure", 1);
    const [id = ""] = person.ids;
    await enter(person, await openChallenge(verbs, admin.viewer), id);
    await tiktok.changeVideo("unsure", id, { deleted: true });
    for (const kind of ["empty", "html", "rate_limit", "malformed"] as const) {
      await pass(16 * MINUTE);
      const fault = await tiktok.addFault({ endpoint: "video_lookup", openId: "unsure", kind, retryAfter: "600" });
      await verbs.planRefresh();
      await watch.until(async () => (await tiktok.fired(fault.id)) > 0);
      await watch.until(
        async () =>
          (await sql`select id from pgboss.job where name = 'refresh-videos' and state = 'active'`).length === 0,
      );
      expect(await availability("unsure", id)).toBe("public");
      await tiktok.clearFaults();
      await sql`delete from pgboss.job where name = 'refresh-videos'`;
      await sql`delete from rate_buckets`;
    }
  });
});
