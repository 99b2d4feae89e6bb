import { afterAll, expect, test } from "vitest";
import { startProduct } from "#tests/integration/product-in-process";
import { runClock } from "#tests/support/product-seams";

/** A mail server that says nothing more: nobody waits for it for ever. */
const { tiktok, smtp, sql, people, stop } = await startProduct({ jobs: "send" });
const { giveAddress } = await import("~/features/notifications/give-address.server");
const { sendLetters } = await import("~/features/notifications/send-letters.server");
afterAll(async () => {
  runClock(0);
  await stop();
});

test.each(["CONNECT", "RCPT", "LETTER"] as const)("at %s: the letter is put off, and comes", async (stage) => {
  const openId = `waits-${stage}`;
  await tiktok.addAccount({ openId, displayName: "Waits" });
  const { viewer } = await people.signIn(openId);
  await giveAddress(viewer, `${openId}@example.org`);
  const fault = smtp.setFault({ stage, kind: "hang", times: 1 });
  const began = performance.now();
  await sendLetters();
  expect(performance.now() - began).toBeLessThan(25_000);
  expect(fault.fired).toBe(1);
  expect(await sql`select state, attempts from letters where state = 'queued'`).toEqual([
    { state: "queued", attempts: 1 },
  ]);
  runClock(61_000);
  await sendLetters();
  runClock(0);
  expect(smtp.letters().filter(({ to }) => to === `${openId}@example.org`)).toHaveLength(1);
});
