import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "#tests/support/world/people";
import { ADMIN } from "#tests/support/world/staff";
import { startProduct } from "./product-in-process";

/** Admins give roles; whatever they do, one of them is left who can. */
const { tiktok, sql, people, stop } = await startProduct({ jobs: "send" });
const { giveRole } = await import("~/features/accounts/give-role.server");
const { listPeople } = await import("~/features/accounts/list-people.server");
const { readPeopleView } = await import("~/features/accounts/person");
afterAll(stop);

let admin: Person;
let other: Person;
const give = (by: Person, to: Person, role: "creator" | "moderator" | "admin", seenRole = role as string) =>
  giveRole({ userId: to.viewer.userId, role, seenRole: seenRole as typeof role }, by.viewer, "request-1");
const refused = (code: string) => expect.objectContaining({ code });
const roleOf = async ({ viewer }: Person) =>
  (await sql<{ role: string }[]>`select role from users where id = ${viewer.userId}`)[0]?.role;
const found = async (search: string) =>
  (await listPeople(readPeopleView(new URLSearchParams(search)))).people.map(({ displayName }) => displayName);

beforeAll(async () => {
  admin = await people.signIn(ADMIN, { role: "admin" });
  await tiktok.addAccount({ openId: "-p_100%", displayName: "Pat Örn" });
  other = await people.signIn("-p_100%");
});

test("a role is given once, ends the sessions, and is written down", async () => {
  await give(admin, other, "moderator", "creator");
  expect(await roleOf(other)).toBe("moderator");
  expect(await sql`select 1 from sessions where user_id = ${other.viewer.userId}`).toHaveLength(0);
  const [line] = await sql`select * from audit_log where action = 'role.changed' order by id desc limit 1`;
  expect(line).toMatchObject({
    actor_id: admin.viewer.userId,
    target_id: other.viewer.userId,
    before: { role: "creator" },
    after: { role: "moderator", sessionsEnded: 1 },
    request_id: "request-1",
  });
  await expect(give(admin, other, "admin", "creator"), "not the role that was seen").rejects.toEqual(
    refused("CONFLICT"),
  );
  await expect(give(admin, admin, "creator", "admin")).rejects.toEqual(refused("OWN_ROLE"));
  await expect(give(other, admin, "creator", "admin"), "only admins").rejects.toEqual(refused("FORBIDDEN"));
});

test("two admins who end each other's role at once: one of them stays", async () => {
  await give(admin, other, "admin", "moderator");
  const ends = await Promise.allSettled([
    give(admin, other, "creator", "admin"),
    give(other, admin, "creator", "admin"),
  ]);
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect([await roleOf(admin), await roleOf(other)].sort()).toEqual(["admin", "creator"]);
});

test("people are found by a part of a name, by a whole open_id, and by role", async () => {
  await sql`update users set role = 'moderator' where id = ${other.viewer.userId}`;
  expect(await found("q=pat%20ö")).toEqual(["Pat Örn"]);
  expect(await found("q=-p_100%25")).toEqual(["Pat Örn"]);
  expect(await found("q=-p_100")).toEqual([]);
  expect(await found("q=%25")).toEqual([]);
  expect(await found("role=moderator")).toEqual(["Pat Örn"]);
  expect(await found("")).toContain("Pat Örn");
});
