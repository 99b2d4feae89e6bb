import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { contentOf, type FilledForm, fillIn } from "~/features/challenges/challenge-edit";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { openChallenge } from "./open-challenge";
import { startProduct } from "./product-in-process";

/** A challenge is edited while people enter it: what they accepted stays theirs, and no edit is lost in another. */
const { tiktok, sql, people, verbs, stop } = await startProduct({ jobs: "send" });
const { editChallenge } = await import("~/features/challenges/edit-challenge.server");
const { findChallenge } = await import("~/features/challenges/find-challenge.server");
const { freezeChallenge } = await import("~/features/results/freeze-challenge.server");
afterAll(stop);

const RESTRICTED = "23001";

let admin: Person;
let slug: string;

beforeAll(async () => {
  admin = await people.signIn(ADMIN);
  slug = await openChallenge(verbs, admin.viewer);
});

async function stands() {
  const challenge = await findChallenge(slug, { drafts: true });
  if (!challenge) throw new Error("no such challenge");
  return challenge;
}

/** Saves the form as it is shown now, with these fields filled in otherwise. */
async function edit(fields: Partial<FilledForm>, seenVersion?: number) {
  const challenge = await stands();
  const form = challengeFormSchema.parse({ ...fillIn(contentOf(challenge)), ...fields });
  const seen = { form, seenVersion: seenVersion ?? challenge.version };
  return editChallenge(slug, seen, admin.viewer, "request-1");
}
const refused = (code: string) => expect.objectContaining({ code });

test("other words are changed in place, and the history says what they were", async () => {
  const before = await stands();
  expect(await edit({ title: "Another name", prize: "€500" })).toEqual({ newRules: null });
  expect(await stands()).toEqual({ ...before, title: "Another name", prize: "€500", version: 2 });
  const [line] = await sql`select * from audit_log where action = 'challenge.edited'`;
  expect(line).toMatchObject({
    actor_id: admin.viewer.userId,
    target_id: before.id,
    before: { title: "A challenge", prize: null },
    after: { title: "Another name", prize: "€500" },
    request_id: "request-1",
  });
  await edit({});
  expect(await stands(), "nothing to change is no edit").toMatchObject({ version: 2 });
});

test("of edits on the same version one stands, and the others are told", async () => {
  const { version } = await stands();
  const all = ["One", "Two", "Three"].map((organizer) => edit({ organizer }, version));
  const ends = await Promise.allSettled(all);
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const end of ends) if (end.status === "rejected") expect(end.reason).toEqual(refused("CONFLICT"));
  expect(await stands()).toMatchObject({ version: version + 1 });
});

test("other rules are a new version; an entry keeps its own, also when it is handed in again", async () => {
  await tiktok.addAccount({ openId: "early", displayName: "Early", videos: [{ agoMs: 3_600_000, caption: "No tag" }] });
  await tiktok.addAccount({ openId: "late", displayName: "Late", videos: [{ agoMs: 3_600_000, caption: "No tag" }] });
  const enter = async (name: string, acceptedRulesVersion: number) => {
    const { viewer } = await people.signIn(name);
    const reference = (await tiktok.videos(name))[0]?.id ?? "";
    const request = { slug, reference, acceptedRulesVersion, attemptId: randomUUID() };
    return { viewer, ...(await verbs.submitVideo(request, viewer)) };
  };
  const { viewer, submissionId } = await enter("early", 1);
  const first = (await stands()).rules;
  expect(await edit({ hashtags: "#tagged" })).toEqual({ newRules: 2 });
  expect((await stands()).rules).toMatchObject({
    ...first,
    version: 2,
    requiredHashtags: ["tagged"],
    createdAt: expect.any(Date),
  });
  expect(
    await sql`select version, required_hashtags from challenge_rules where challenge_id = ${(await stands()).id} order by 1`,
  ).toEqual([
    { version: 1, required_hashtags: [] },
    { version: 2, required_hashtags: ["tagged"] },
  ]);
  await expect(enter("late", 1)).rejects.toEqual(refused("RULES_NOT_ACCEPTED"));
  await expect(enter("late", 2)).rejects.toEqual(refused("NOT_ELIGIBLE"));

  const moderator = await people.signIn("staff-mara", { role: "moderator" });
  const ask = {
    intent: "request_change",
    submissionId,
    seenVersion: 1,
    reason: "OFF_BRIEF",
    message: "Again.",
  } as const;
  await verbs.decideSubmission(ask, moderator.viewer, randomUUID());
  runClock(11_000);
  await verbs.resubmitVideo(submissionId, viewer);
  const [entry] = await sql`select state, rules_version from submissions where id = ${submissionId}`;
  expect(entry).toEqual({ state: "pending", rules_version: 1 });
});

test("each phase keeps what it must: the recipe once open, the deadline once past, all once frozen", async () => {
  for (const fields of [{ pointsLikes: "9" }, { opensAt: "2020-01-01T10:00" }, { slug: "elsewhere" }]) {
    await expect(edit(fields), JSON.stringify(fields)).rejects.toEqual(refused("CONFLICT"));
  }
  const over = new Date(Date.now() - 60_000).toISOString().slice(0, 16);
  await expect(edit({ closesAt: over })).rejects.toEqual(refused("DATE_PASSED"));
  const { closesAt } = await stands();
  const later = new Date(closesAt.getTime() + 86_400_000);
  expect(await edit({ closesAt: later.toISOString().slice(0, 16) })).toEqual({ newRules: 3 });
  expect((await stands()).rules.postedUntil, "videos are to be posted until it closes").toEqual(later);

  await verbs.withdrawSubmission((await sql`select id from submissions`)[0]?.id, (await people.signIn("early")).viewer);
  await verbs.actOnChallenge(slug, "close", admin.viewer, randomUUID());
  await expect(edit({ hashtags: "" })).rejects.toEqual(refused("CONFLICT"));
  expect(await edit({ title: "After the deadline" })).toEqual({ newRules: null });
  await freezeChallenge(slug, admin.viewer, randomUUID());
  await expect(edit({ title: "After the freeze" })).rejects.toEqual(refused("FROZEN"));
  const raw = sql`update challenges set title = 'Behind its back' where slug = ${slug}`;
  await expect(raw, "the database refuses it too").rejects.toMatchObject({ code: RESTRICTED });
});
