import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** After an update of the sanitiser: what the older one made is made anew, and not shown until then if it is too old. */
const { tiktok, sql, people, verbs, schedules, stop } = await startProduct({ jobs: "send" });
const { resanitizeEmbeds } = await import("~/features/videos/resanitize-embeds.server");
const { findChallenge } = await import("~/features/challenges/find-challenge.server");
const { listGallery } = await import("~/features/submissions/list-gallery.server");
const { OLDEST_SHOWN_SANITIZER_VERSION, SANITIZER_VERSION } = await import("~/infra/sanitize-html.server");
afterAll(stop);

/** More than a batch. */
const COPIES = 29;
const OLD = `<p onclick="globalThis.pwned = true">made by an older one</p>`;
let challenge: Awaited<ReturnType<typeof findChallenge>>;

const stored = () =>
  sql`select id, embed_html as html, embed_sanitizer_version as version from videos order by tiktok_video_id`;
/** As an update of the product leaves them, whose sanitiser is `versions` younger. */
const age = (versions: number) => sql`
  update videos set embed_html = ${OLD}, embed_sanitizer_version = ${SANITIZER_VERSION - versions}
  where embed_html is not null`;

beforeAll(async () => {
  const slug = await openChallenge(verbs, (await people.signIn(ADMIN)).viewer);
  const mara = await people.signIn("staff-mara", { role: "moderator" });
  await tiktok.addAccount({ openId: "embedded", displayName: "Embedded", videos: [{ agoMs: 60_000 }] });
  const owner = await people.signIn("embedded");
  const [video] = await tiktok.videos("embedded");
  const entry = { slug, reference: video?.id ?? "", acceptedRulesVersion: 1, attemptId: randomUUID() };
  const { submissionId } = await verbs.submitVideo(entry, owner.viewer);
  await verbs.decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, mara.viewer, randomUUID());
  challenge = await findChallenge(slug);
  await sql`insert into videos (id, account_id, tiktok_video_id, embed_html_raw, embed_html, embed_sanitizer_version, first_seen_at, read_at)
    select gen_random_uuid(), account_id, (tiktok_video_id::numeric + n)::text, embed_html_raw, embed_html, embed_sanitizer_version,
      first_seen_at, read_at from videos, generate_series(1, ${COPIES}) n`;
});

async function shown(): Promise<(string | null)[]> {
  if (!challenge) throw new Error("there is no challenge");
  const view = { sort: "newest", show: "all", query: "", before: null } as const;
  const { entries } = await listGallery(challenge, { at: new Date(Date.now() + 60_000), view });
  return entries.map(({ embedHtml }) => embedHtml);
}

test("markup that TikTok gives as before is not made again, and changed markup is sanitised when numbers are read", async () => {
  const [video] = await tiktok.videos("embedded");
  const owner = await people.signIn("embedded");
  const { lookUpVideos } = await import("~/features/videos/look-up-videos.server");
  const id = video?.id ?? "";
  const read = async () => {
    await lookUpVideos(owner.viewer.accountId, [id], "background");
    return (await shown())[0];
  };
  await sql`update videos set embed_html = ${OLD} where tiktok_video_id = ${id}`;
  expect(await read()).toBe(OLD);
  await tiktok.changeVideo("embedded", id, { caption: "New <b onclick=alert(1)>words</b>" });
  expect(await read()).toMatch(/^<blockquote class="tiktok-embed".*New/s);
  expect(await read()).not.toMatch(/onclick=alert\(1\)>/);
});

test("a run that is stopped leaves the rest for the next, which comes by itself", async () => {
  expect((await stored())[0]).toMatchObject({
    html: expect.stringContaining("tiktok-embed"),
    version: SANITIZER_VERSION,
  });
  await age(1);
  await resanitizeEmbeds(AbortSignal.abort());
  expect((await stored()).every(({ html }) => html === OLD)).toBe(true);
  expect(schedules).toContainEqual({ name: "resanitize-embeds", cron: "*/10 * * * *" });
});

test("what is older than the oldest that may be shown is not shown until it is made anew", async () => {
  await age(0);
  expect(await shown()).toEqual([OLD]);
  await age(SANITIZER_VERSION - OLDEST_SHOWN_SANITIZER_VERSION + 1);
  expect(await shown()).toEqual([null]);
  await resanitizeEmbeds();
  expect(await shown()).toEqual([expect.stringContaining("tiktok-embed")]);
});

test("all of an older version are made anew from what TikTok gave, once, and what was stored meanwhile stays", async () => {
  const before = await stored();
  expect(before).toHaveLength(1 + COPIES);
  await age(1);
  const [first, second] = before.map(({ id }) => id);
  await sql`update videos set embed_html_raw = null where id = ${first}`;
  await sql`update videos set embed_html = 'newer', embed_sanitizer_version = ${SANITIZER_VERSION + 1} where id = ${second}`;
  await Promise.all([resanitizeEmbeds(), resanitizeEmbeds()]);
  const after = await stored();
  expect(after[0], "nothing to make it from").toMatchObject({ html: null, version: null });
  expect(after[1]).toMatchObject({ html: "newer", version: SANITIZER_VERSION + 1 });
  expect(after.slice(2)).toEqual(before.slice(2));
  const lastWrite = () => sql`select max(xmin::text::bigint) as last from videos`;
  const written = await lastWrite();
  await resanitizeEmbeds();
  expect(await lastWrite()).toEqual(written);
});
