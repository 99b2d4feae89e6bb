import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createKeyCache } from "./key-cache.server";
import type { SealedRecord } from "./sealed-record";

const context = { purpose: "tiktok-token", account: "one", field: "access" };
const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function recordNamed(name: string): SealedRecord {
  const none = Buffer.alloc(0);
  const header = Buffer.from(name);
  return {
    provider: "local",
    keyId: "",
    wrappedKey: none,
    commitment: none,
    header,
    iv: none,
    tag: none,
    ciphertext: none,
  };
}

/** A cache over a provider that is counted, and answers after `delayMs`. */
function counted(delayMs = 0) {
  const asked: string[] = [];
  const cache = createKeyCache(async ({ header }) => {
    asked.push(header.toString());
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return randomBytes(32);
  });
  return { asked, find: (name: string) => cache.find(recordNamed(name), context) };
}

const isOverwritten = (key: Buffer) => key.every((byte) => byte === 0);

describe("a key that was opened", () => {
  test("is kept for five minutes and then overwritten, though nobody asks for it again", async () => {
    const { asked, find } = counted();
    const key = await find("a");
    await vi.advanceTimersByTimeAsync(5 * MINUTE - 1);
    expect(await find("a")).toBe(key);
    expect(isOverwritten(key)).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(isOverwritten(key)).toBe(true);
    expect(await find("a")).not.toBe(key);
    expect(asked).toEqual(["a", "a"]);
  });

  test("is usable for a moment by whoever got it just before it went", async () => {
    const { find } = counted();
    const key = await find("a");
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(isOverwritten(key)).toBe(false);
  });

  test("gives way to the thousand younger ones, and is overwritten", async () => {
    const { asked, find } = counted();
    const key = await find("oldest");
    for (let at = 0; at < 999; at += 1) await find(`key ${at}`);
    expect(await find("oldest")).toBe(key);
    await find("one more");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isOverwritten(key)).toBe(true);
    await find("oldest");
    expect(asked.filter((name) => name === "oldest")).toHaveLength(2);
  });

  test("is whole when it arrives, however long ago its place was given away", async () => {
    const { find } = counted(10_000);
    const slow = find("slow");
    const others = Array.from({ length: 1_000 }, (_, at) => find(`key ${at}`));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(isOverwritten(await slow)).toBe(false);
    await Promise.all(others);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(isOverwritten(await slow)).toBe(true);
  });

  test("belongs to one context alone", async () => {
    const cache = createKeyCache(async () => randomBytes(32));
    const record = recordNamed("a");
    const mine = await cache.find(record, context);
    expect(await cache.find(record, { ...context, account: "two" })).not.toBe(mine);
    expect(await cache.find(record, { ...context })).toBe(mine);
  });
});

describe("a key that could not be opened", () => {
  test("is asked for again at once, and told to all who waited", async () => {
    let asked = 0;
    const cache = createKeyCache(async () => {
      asked += 1;
      if (asked === 1) throw new Error("out of reach");
      return randomBytes(32);
    });
    const both = await Promise.allSettled([
      cache.find(recordNamed("a"), context),
      cache.find(recordNamed("a"), context),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await cache.find(recordNamed("a"), context);
    expect(asked).toBe(2);
  });

  test("leaves no timer behind", async () => {
    const cache = createKeyCache(() => Promise.reject(new Error("out of reach")));
    await expect(cache.find(recordNamed("a"), context)).rejects.toThrow("out of reach");
    expect(vi.getTimerCount()).toBe(0);
  });
});
