import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { everyVideo, type VideoCursor, type VideosView, videoSorts } from "~/features/submissions/my-videos";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** A creator with very many videos among others: every order and filter shows each of theirs once, and reads no other's. */
const { tiktok, sql, people, verbs, stop } = await startProduct();
const { listMyVideos } = await import("~/features/submissions/list-my-videos.server");
const { sql: pool } = await import("~/infra/db.server");
afterAll(stop);

const MANY = 10_000;
interface Row {
  id: string;
  caption: string;
  views: number | null;
  /** Milliseconds. */
  metricsAt: number | null;
  isAigc: boolean | null;
  availability: string;
}
let creator: Person;
let rows: Row[];
let slug: string;

/** As a sync leaves them; half have numbers in common, and some have none. */
async function store({ viewer }: Person, count: number, ids: { step: number; offset: number; words: number }) {
  await sql`
    insert into videos (id, account_id, tiktok_video_id, caption, view_count, metrics_at, is_aigc, availability,
      missing_since, first_seen_at, read_at, checked_at)
    select gen_random_uuid(), ${viewer.accountId}, (7300000000000000000 + n * ${ids.step}::bigint + ${ids.offset}::bigint)::text,
      case when n % 10 = 0 then 'Rain on the ROOF, 100% wet' else repeat('Nothing, 100 times ', ${ids.words}) end,
      case when n % 7 = 0 then null else (n * 7919) % 5000 end,
      case when n % 7 = 0 then null else timestamptz '2026-01-01' + (n * 31 % 4000) * interval '1 second' end,
      case n % 3 when 0 then true when 1 then false end,
      case when n % 50 = 0 then 'unavailable' when n % 50 = 1 then 'unconfirmed' else 'public' end,
      case when n % 50 < 2 then timestamptz '2026-01-01' end,
      timestamptz '2026-01-01', timestamptz '2026-01-01', timestamptz '2026-01-01'
    from generate_series(1, ${count}) n`;
}

beforeAll(async () => {
  const admin = await people.signIn(ADMIN);
  slug = await openChallenge(verbs, admin.viewer);
  for (const openId of ["many", "others"]) await tiktok.addAccount({ openId, displayName: openId, videos: [] });
  creator = await people.signIn("many");
  // Everybody posts all the time: the others' videos lie between the creator's.
  await store(creator, MANY, { step: 50, offset: 0, words: 1 });
  await store(await people.signIn("others"), 3 * MANY, { step: 16, offset: 1, words: 40 });
  await sql`analyze videos`;
  rows = (
    await sql<(Omit<Row, "metricsAt"> & { metricsAt: Date | null })[]>`
      select tiktok_video_id as id, caption, view_count::int as views, metrics_at as "metricsAt", is_aigc as "isAigc",
        availability
      from videos where account_id = ${creator.viewer.accountId}`
  ).map((row) => ({ ...row, metricsAt: row.metricsAt?.getTime() ?? null }));
});

async function walk(view: Partial<VideosView>): Promise<{ ids: string[]; found: number; total: number }> {
  const ids: string[] = [];
  let before: VideoCursor | null = null;
  for (;;) {
    const options = { view: { ...everyVideo, ...view, before }, at: new Date(), limit: 1_700 };
    const page: Awaited<ReturnType<typeof listMyVideos>> = await listMyVideos(creator.viewer.accountId, options);
    ids.push(...page.videos.map(({ tiktokVideoId }) => tiktokVideoId));
    before = page.nextBefore;
    if (!before) return { ids, found: page.found, total: page.total };
  }
}

const byId = (a: Row, b: Row) => (a.id < b.id ? -1 : 1);
const orders: Record<(typeof videoSorts)[number], (a: Row, b: Row) => number> = {
  newest: (a, b) => byId(b, a),
  views: (a, b) => (b.views ?? -1) - (a.views ?? -1) || byId(b, a),
  refreshed: (a, b) => (a.metricsAt ?? -1) - (b.metricsAt ?? -1) || byId(a, b),
};

test.each(videoSorts)("in the order %s, page after page shows each video once", async (sort) => {
  const { ids, found, total } = await walk({ sort });
  expect(ids).toEqual(rows.toSorted(orders[sort]).map(({ id }) => id));
  expect({ found, total }).toEqual({ found: MANY, total: MANY });
});

describe("what is asked for is found, and nothing else", () => {
  const wet = ({ caption }: Row) => caption.includes("100%");
  const cases: [Partial<VideosView>, (row: Row) => boolean][] = [
    [{ query: "roof rain" }, wet],
    // A % is one of the creator's letters, and no pattern.
    [{ query: "100%", sort: "views" }, wet],
    [{ query: "roof nothing" }, () => false],
    [{ availability: "unconfirmed" }, ({ availability }) => availability === "unconfirmed"],
    [{ ai: "unlabelled", sort: "refreshed" }, ({ isAigc }) => isAigc === false],
    [{ ai: "unknown", query: "Rain" }, (row) => row.isAigc === null && wet(row)],
  ];
  test.each(cases)("%j", async (view, fits) => {
    const expected = rows.filter(fits).toSorted(orders[view.sort ?? "newest"]);
    const { ids, found } = await walk(view);
    expect(ids).toEqual(expected.map(({ id }) => id));
    expect(found).toBe(expected.length);
  });

  test("a live entry is entered, until it is withdrawn", async () => {
    const [reference = ""] = rows.map(({ id }) => id);
    const entry = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
    const { submissionId } = await verbs.submitVideo(entry, creator.viewer);
    expect((await walk({ entered: "yes" })).ids).toEqual([reference]);
    expect((await walk({ entered: "no" })).found).toBe(MANY - 1);
    await verbs.withdrawSubmission(submissionId, creator.viewer);
    expect((await walk({ entered: "yes" })).ids).toEqual([]);
  });
});

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  Plans?: Plan[];
}
const planSchema: z.ZodType<Plan> = z.lazy(() =>
  z.object({
    "Node Type": z.string(),
    "Relation Name": z.string().optional(),
    "Index Cond": z.string().optional(),
    Plans: z.array(planSchema).optional(),
  }),
);
const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

test.each(videoSorts)("in the order %s, with every filter, only the account's rows are read", async (sort) => {
  const queries: [string, unknown[]][] = [];
  pool.options.debug = (_connection, query, params) => void queries.push([query, params]);
  const before = { value: sort === "newest" ? null : 100, tiktokVideoId: "7300000000000450000" };
  const view: VideosView = { sort, query: "rain", availability: "public", entered: "no", ai: "labelled", before };
  await listMyVideos(creator.viewer.accountId, { view, at: new Date() });
  pool.options.debug = false;
  expect(queries).toHaveLength(3);
  for (const [query, params] of queries) {
    const [answer] = await sql.unsafe(`explain (format json) ${query}`, params as string[]);
    const [{ Plan: plan }] = z.tuple([z.object({ Plan: planSchema })]).parse(answer?.["QUERY PLAN"]);
    const nodes = flat(plan);
    expect(nodes.filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === "videos")).toEqual([]);
    expect(nodes.some((node) => node["Index Cond"]?.includes("account_id"))).toBe(true);
  }
});
