import { afterAll, expect, test } from "vitest";
import { ADMIN } from "#tests/support/world/staff";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** After an update of the sanitiser: what the older one made is made anew, and not shown until then if it is too old. */
const { tiktok, sql, people, verbs, schedules, stop } = await startProduct({ jobs: "work" });
const { resanitizeEmbeds } = await import("~/features/videos/resanitize-embeds.server");
const { listGallery } = await import("~/features/submissions/list-gallery.server");
const { OLDEST_SHOWN_SANITIZER_VERSION, SANITIZER_VERSION } = await import("~/infra/sanitize-html.server");
afterAll(stop);

const COUNT = 30;
const OLD = `<p onclick="globalThis.pwned = true">made by an older one</p>`;

const stored = () => sql`select id, embed_html as html, embed_sanitizer_version as version from videos order by id`;
/** As an update of the product leaves them, whose sanitiser is `behind` versions younger. */
const age = (
  behind: number,
) => sql`update videos set embed_html = ${OLD}, embed_sanitizer_version = ${SANITIZER_VERSION - behind}
  where embed_html is not null`;

test("embeds of an older version are made anew from what TikTok gave, once, and whatever was stored meanwhile stays", async () => {
  await tiktok.addAccount({ openId: "embedded", displayName: "Embedded", videos: COUNT });
  await people.sync(await people.signIn("embedded"));
  const before = await stored();
  expect(before).toHaveLength(COUNT);
  expect(before[0]).toMatchObject({ html: expect.stringContaining("tiktok-embed"), version: SANITIZER_VERSION });
  await age(1);
  const [first, second] = before.map(({ id }) => id);
  await sql`update videos set embed_html_raw = null where id = ${first}`;
  await sql`update videos set embed_html = 'by a newer build', embed_sanitizer_version = ${SANITIZER_VERSION + 1} where id = ${second}`;
  await Promise.all([resanitizeEmbeds(), resanitizeEmbeds()]);
  const after = await stored();
  expect(after[0], "nothing to make it from").toMatchObject({ html: null, version: null });
  expect(after[1]).toMatchObject({ html: "by a newer build", version: SANITIZER_VERSION + 1 });
  expect(after.slice(2)).toEqual(before.slice(2));
  const [written] = await sql`select max(xmin::text::bigint) as last from videos`;
  await resanitizeEmbeds();
  expect(await sql`select max(xmin::text::bigint) as last from videos`).toEqual([written]);
});

test("a run that is stopped leaves the rest for the next, which comes by itself", async () => {
  await age(1);
  await resanitizeEmbeds(AbortSignal.abort());
  expect((await stored()).every(({ html }) => html === null || html === OLD)).toBe(true);
  expect(schedules).toContainEqual({ name: "resanitize-embeds", cron: "*/10 * * * *" });
});

test("what is older than the oldest that may be shown is not shown until then", async () => {
  const slug = await openChallenge(verbs, (await people.signIn(ADMIN)).viewer);
  const owner = await people.signIn("embedded");
  const [, , video] = await sql`select tiktok_video_id as reference from videos order by id`;
  const entry = { slug, reference: video?.reference, acceptedRulesVersion: 1, attemptId: crypto.randomUUID() };
  const { submissionId } = await verbs.submitVideo(entry, owner.viewer);
  const mara = await people.signIn("staff-mara", { role: "moderator" });
  await verbs.decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, mara.viewer, "request-1");
  const [challenge] = await sql`select id from challenges where slug = ${slug}`;
  const shown = async () => {
    const { entries } = await listGallery(challenge?.id, { at: new Date(Date.now() + 60_000), before: null });
    return entries.map(({ embedHtml }) => embedHtml);
  };
  await age(0);
  expect(await shown()).toEqual([OLD]);
  await age(SANITIZER_VERSION - OLDEST_SHOWN_SANITIZER_VERSION + 1);
  expect(await shown()).toEqual([null]);
  await resanitizeEmbeds();
  expect(await shown()).toEqual([expect.stringContaining("tiktok-embed")]);
});
