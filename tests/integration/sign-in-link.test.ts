import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import { startProduct } from "./product-in-process";

/** The way in for staff while TikTok is down: one use, ten minutes, and nobody but a moderator or an admin. */
const { tiktok, sql, people, environment, stop } = await startProduct();
const { makeSignInLink } = await import("~/features/accounts/make-sign-in-link.server");
const { findSignInLink } = await import("~/features/accounts/find-sign-in-link.server");
const { signInWithLink } = await import("~/features/accounts/sign-in-with-link.server");
const { findViewer } = await import("~/features/accounts/find-viewer.server");
const { setRole } = await import("~/features/accounts/set-role.server");
afterEach(() => runClock());
afterAll(stop);

const MINUTE = 60_000;
let number = 0;
let openId: string;
let staff: Person;

beforeEach(async () => {
  number += 1;
  openId = `staff-${number}`;
  await tiktok.addAccount({ openId, displayName: `Staff ${number}` });
  staff = await people.signIn(openId, { role: "moderator" });
  // Refused links of the test before are not counted.
  await sql`delete from rate_buckets where key = 'sign-in-link'`;
});

async function makeLink(): Promise<string> {
  const made = await makeSignInLink(openId);
  if (made.outcome !== "made") throw new Error(`no link: ${made.outcome}`);
  const { origin, pathname, searchParams } = new URL(made.url);
  expect(`${origin}${pathname}`).toBe(`${environment.APP_ORIGIN}/auth/link`);
  return searchParams.get("token") ?? "";
}

const browser = (cookie = "") => new Request(`${environment.APP_ORIGIN}/auth/link`, { headers: { cookie } });
const press = (token: string, cookie?: string) => signInWithLink(browser(cookie), token, "request-1");
const refused = (problem: string) => ({ outcome: "refused", problem });

test("a link shows whom it signs in as often as it is opened, signs them in once, and history says both", async () => {
  const token = await makeLink();
  for (let preview = 1; preview <= 3; preview += 1) {
    expect(await findSignInLink(token)).toMatchObject({ outcome: "found", displayName: `Staff ${number}` });
  }
  const presses = await Promise.all([press(token), press(token), press(token)]);
  const [entered] = presses.flatMap((result) => (result.outcome === "signed_in" ? result : []));
  expect(presses.map(({ outcome }) => outcome).sort()).toEqual(["refused", "refused", "signed_in"]);
  const cookie = entered?.cookie.split(";")[0];
  const viewer = await findViewer(browser(cookie));
  expect(viewer).toMatchObject({ displayName: `Staff ${number}`, role: "moderator" });
  expect(await findSignInLink(token)).toEqual(refused("not_valid"));
  const history = await sql`select action, actor_kind as by, reason, request_id as request from audit_log
    where target_id = ${viewer?.userId ?? ""} order by id desc limit 2`;
  expect(history).toEqual([
    { action: "sign_in", by: "user", reason: "one-time link", request: "request-1" },
    { action: "sign_in_link.made", by: "operator", reason: null, request: null },
  ]);
});

test("a link is good for ten minutes, and a newer one replaces it", async () => {
  const old = await makeLink();
  const token = await makeLink();
  expect(await press(old)).toEqual(refused("not_valid"));
  runClock(9 * MINUTE);
  expect(await findSignInLink(token)).toMatchObject({ outcome: "found" });
  runClock(10 * MINUTE + 1_000);
  expect(await press(token)).toEqual(refused("not_valid"));
});

test("nobody gets one but staff who have been here, and it ends with their role", async () => {
  expect(await makeSignInLink("nobody")).toEqual({ outcome: "unknown" });
  const token = await makeLink();
  await setRole(openId, "creator");
  expect(await makeSignInLink(openId)).toEqual({ outcome: "not_staff" });
  expect(await press(token)).toEqual(refused("not_valid"));
});

test("in a browser where somebody else is signed in it changes nothing and stays good", async () => {
  const token = await makeLink();
  await tiktok.addAccount({ openId: `guest-${number}`, displayName: "Guest" });
  const guest = await people.signIn(`guest-${number}`);
  expect(await press(token, guest.cookie)).toEqual(refused("another_account"));
  expect(await findViewer(browser(guest.cookie))).toMatchObject({ displayName: "Guest" });
  expect(await press(token)).toMatchObject({ outcome: "signed_in" });
});

test("no secret of it is stored, and one written into the database by hand opens nothing", async () => {
  const token = await makeLink();
  const [row] = await sql<{ text: string }[]>`select string_agg(l::text, '') as text from sign_in_links l`;
  expect(row?.text).toContain("\\x");
  for (const form of [token, Buffer.from(token, "base64url").toString("hex")]) expect(row?.text).not.toContain(form);
  const forged = "A".repeat(43);
  await sql`update sign_in_links set token_hash = sha256(${forged}::bytea) where user_id = ${staff.viewer.userId}`;
  expect(await press(forged)).toEqual(refused("not_valid"));
});

test("whoever guesses is slowed down, and locks nobody out", async () => {
  const token = await makeLink();
  const guesses: unknown[] = [];
  for (let guess = 10; guess < 22; guess += 1) guesses.push(await findSignInLink(`${guess}${"x".repeat(41)}`));
  expect(guesses[0]).toEqual(refused("not_valid"));
  expect(guesses.at(-1)).toEqual(refused("rate_limited"));
  expect(await press(token)).toMatchObject({ outcome: "signed_in" });
});
