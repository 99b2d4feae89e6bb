import { afterAll, afterEach, expect, test } from "vitest";
import { runClock } from "#tests/support/product-seams";
import { startProduct } from "./product-in-process";

const product = await startProduct();
const { authenticator } = await import("~/features/accounts/authenticator.server");
const { finishSignIn } = await import("~/features/accounts/finish-sign-in.server");
const { signInWithTikTok } = await import("~/features/accounts/sign-in-with-tiktok.server");

const START = `${product.environment.APP_ORIGIN}/auth/tiktok?returnTo=/studio`;
const MINUTE = 60_000;

afterEach(() => runClock());
afterAll(() => product.stop());

/** Sets out for TikTok; gives the browser's cookie and TikTok's address. */
async function setOut(cookie?: string): Promise<{ cookie: string; target: URL }> {
  const request = new Request(START, { headers: cookie ? { cookie } : {} });
  const thrown: unknown = await authenticator.authenticate("tiktok", request).catch((error: unknown) => error);
  if (!(thrown instanceof Response)) throw new Error("a sign-in begins with a redirect");
  const target = new URL(thrown.headers.get("location") ?? "");
  return { cookie: thrown.headers.get("set-cookie")?.split(";")[0] ?? "", target };
}

/** Agrees at TikTok and comes back as the request that the browser would send. */
async function comeBack({ cookie, target }: Awaited<ReturnType<typeof setOut>>): Promise<Request> {
  const form = new URLSearchParams(target.searchParams);
  form.set("account", "demo-ines");
  form.set("decision", "continue");
  const answer = await fetch(`${target.origin}${target.pathname}`, { method: "POST", body: form, redirect: "manual" });
  return new Request(answer.headers.get("location") ?? "", { headers: { cookie } });
}

async function tokenCalls(): Promise<number> {
  const calls = await product.tiktok.ledger({ endpoint: "token" });
  return calls.filter(({ grantType }) => grantType === "authorization_code").length;
}

test("a sign-in that took more than ten minutes at TikTok is refused, and its code is never used", async () => {
  const request = await comeBack(await setOut());
  runClock(10 * MINUTE + 1_000);
  expect(await finishSignIn(request)).toEqual({ outcome: "refused", problem: "unknown_state" });
  expect(await tokenCalls()).toBe(0);
  const [stored] = await product.sql`
    select (select count(*) from sessions)::int as sessions, (select count(*) from users)::int as users`;
  expect(stored).toEqual({ sessions: 0, users: 0 });
});

test("a sign-in that took nine minutes at TikTok is finished", async () => {
  const request = await comeBack(await setOut());
  runClock(9 * MINUTE);
  expect(await finishSignIn(request)).toMatchObject({ outcome: "signed_in", returnTo: "/studio" });
  expect(await tokenCalls()).toBe(1);
});

test("five tabs may be on their way to TikTok at once; a sixth drops the oldest, under one cookie", async () => {
  const first = await setOut();
  const tabs = [first];
  for (let tab = 2; tab <= 6; tab += 1) {
    runClock(tab * 1_000);
    tabs.push(await setOut(first.cookie));
  }
  expect(new Set(tabs.map(({ cookie }) => cookie)).size).toBe(1);
  const [oldest, second] = await Promise.all(tabs.map(comeBack));
  if (!oldest || !second) throw new Error("six tabs came back");
  expect(await finishSignIn(oldest)).toEqual({ outcome: "refused", problem: "unknown_state" });
  expect(await finishSignIn(second)).toMatchObject({ outcome: "signed_in" });
});

test("two first sign-ins of one account at once make one account, with working tokens", async () => {
  const granted = await Promise.all(
    Array.from({ length: 6 }, () => product.tiktok.grant("sim-1", ["user.info.basic", "video.list", "video.data"])),
  );
  const arrivals = await Promise.all(
    granted.map((pair) => signInWithTikTok({ ...pair, grantedScopes: pair.scopes }, null)),
  );
  const users = arrivals.map((arrival) => (arrival.outcome === "signed_in" ? arrival.userId : arrival.outcome));
  expect(new Set(users).size).toBe(1);
  const accounts = await product.sql<{ id: string; userId: string }[]>`
    select id, user_id as "userId" from tiktok_accounts where open_id = 'sim-1'`;
  expect(accounts).toEqual([{ id: expect.any(String), userId: users[0] }]);
  const [orphans] = await product.sql`
    select count(*)::int as count from users where id not in (select user_id from tiktok_accounts)`;
  expect(orphans?.count).toBe(0);
  const token = await product.verbs.withTikTokToken(accounts[0]?.id ?? "", async (accessToken) => accessToken);
  expect(granted.map(({ accessToken }) => accessToken)).toContain(token);
});
