import { describe, expect, test } from "vitest";
import type { FaultKind } from "../simulators/tiktok/control-protocol";
import { idsOf, pageSchema } from "../simulators/tiktok/plain-client";
import { accessOf, client, oauth, refused, SCOPES, signIn, simulator, tiktok } from "./tiktok-in-process";

/** Each fault of the simulator is what it says, and happens as often. */

describe("faults", () => {
  const list = async (body: unknown = { max_count: 20 }) => client.list(await accessOf("sim-60"), body);
  const first = () => list();
  const cursorAndIds = (body: unknown) => pageSchema.parse(body).data;

  /** What a caller sees of each kind; a kind that is missing here does not compile. */
  const proofs: Record<FaultKind, () => Promise<void>> = {
    status: async () => expect(await first()).toMatchObject({ status: 503, body: 503 }),
    error: async () => expect(await first()).toMatchObject(refused(500, "internal_error")),
    rate_limit: async () => {
      const answer = await first();
      expect(answer).toMatchObject(refused(429, "rate_limit_exceeded"));
      expect(answer.headers.get("retry-after")).toBe("in a while");
    },
    html: async () => expect(await first()).toMatchObject({ status: 503, text: expect.stringContaining("<html>") }),
    empty: async () => expect(await first()).toMatchObject({ status: 503, text: "" }),
    hang: async () => {
      const controller = new AbortController();
      const token = await accessOf("sim-60");
      const call = client.list(token, {}, "id", controller.signal);
      const caught = expect(call).rejects.toThrow();
      await tiktok.awaitLedger((entries) => entries.some(({ fault, status }) => fault === "hang" && status === 0));
      controller.abort();
      await caught;
    },
    reset: async () => await expect(first()).rejects.toThrow(),
    delay: async () => {
      expect(cursorAndIds((await first()).body).videos).toHaveLength(20);
      expect((await tiktok.ledger({ endpoint: "video_list" }))[0]?.ms).toBeGreaterThanOrEqual(30);
    },
    slow: async () => {
      const controller = new AbortController();
      const response = await fetch(`${simulator.origin}/v2/video/list/?fields=id`, {
        method: "POST",
        headers: { authorization: `Bearer ${await accessOf("sim-60")}`, "content-type": "application/json" },
        body: "{}",
        signal: controller.signal,
      });
      const chunk = await response.body?.getReader().read();
      expect(chunk?.value).toHaveLength(1);
      controller.abort();
    },
    malformed: async () => {
      const answer = await first();
      expect(answer).toMatchObject({ status: 200, body: undefined });
      expect(answer.text).toMatch(/^\{"data":/);
    },
    lost_answer: async () => await expect(first()).rejects.toThrow(),
    cursor_repeat: async () => {
      const { cursor = 0 } = cursorAndIds((await first()).body);
      await tiktok.addFault({ endpoint: "video_list", kind: "cursor_repeat" });
      expect(cursorAndIds((await list({ cursor })).body)).toMatchObject({ cursor, has_more: true });
    },
    cursor_rise: async () => {
      const { cursor = 0 } = cursorAndIds((await first()).body);
      await tiktok.addFault({ endpoint: "video_list", kind: "cursor_rise" });
      expect(cursorAndIds((await list({ cursor })).body).cursor).toBeGreaterThan(cursor);
    },
    cursor_missing: async () => {
      const data = cursorAndIds((await first()).body);
      expect(data).toMatchObject({ has_more: true });
      expect(data).not.toHaveProperty("cursor");
    },
    empty_page: async () => {
      const page = cursorAndIds((await first()).body);
      expect(page).toMatchObject({ videos: [], has_more: true });
      await expectWhole();
    },
    short_page: async () => {
      expect(cursorAndIds((await first()).body)).toMatchObject({ videos: { length: 10 }, has_more: true });
      await expectWhole();
    },
    repeat_items: async () => {
      const ids = idsOf((await first()).body);
      expect(new Set(ids).size).toBeLessThan(ids.length);
      await expectWhole();
    },
  };

  /** A sync that reads on to has_more: false loses nothing to this fault. */
  async function expectWhole() {
    await tiktok.addFault({ endpoint: "video_list", kind: currentKind, times: 2 });
    const ids = (await client.pageThrough(await accessOf("sim-60"), 20)).flat();
    expect(new Set(ids).size).toBe(60);
  }
  let currentKind: FaultKind;

  test.each(Object.entries(proofs) as [FaultKind, () => Promise<void>][])("%s", async (kind, proof) => {
    currentKind = kind;
    const needsStatus = kind === "status" || kind === "html" || kind === "empty";
    const fault = await tiktok.addFault({
      endpoint: "video_list",
      kind,
      times: 1,
      retryAfter: "in a while",
      ...(needsStatus ? { status: 503 } : {}),
      ...(kind === "delay" ? { delayMs: 30 } : {}),
    });
    await proof();
    expect(await tiktok.fired(fault.id)).toBe(1);
    const marked = await tiktok.ledger({ endpoint: "video_list" });
    expect(marked.filter((entry) => entry.fault === kind).length).toBeGreaterThanOrEqual(1);
  });

  test("let `after` requests pass, fire `times`, and strike the named account and endpoint alone", async () => {
    const token = await accessOf("sim-60");
    const fault = await tiktok.addFault({ endpoint: "*", openId: "sim-60", kind: "error", after: 1, times: 2 });
    const other = await accessOf("sim-1");
    expect((await client.list(other)).status).toBe(200);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await client.list(token)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(await tiktok.fired(fault.id)).toBe(2);
    expect(await tiktok.removeFault(fault.id)).toBe(true);
    await expect(tiktok.fired(fault.id)).rejects.toThrow(fault.id);
  });

  test("a lost answer of a refresh was carried out: the old token is dead", async () => {
    const { refreshToken } = await tiktok.grant("demo-ines", SCOPES);
    await tiktok.addFault({ endpoint: "token", kind: "lost_answer", times: 1 });
    const refresh = () => client.token({ grant_type: "refresh_token", refresh_token: refreshToken });
    await expect(refresh()).rejects.toThrow();
    expect(await refresh()).toMatchObject(oauth("invalid_grant"));
    expect((await tiktok.tokenCounts("demo-ines")).refreshes).toBe(1);
  });

  test("an error at the token endpoint is flat, and at the authorize page a redirect", async () => {
    await tiktok.addFault({ endpoint: "token", kind: "error", code: "temporarily_unavailable" });
    expect((await signIn("demo-ines")).answer).toMatchObject(oauth("temporarily_unavailable"));
    await tiktok.addFault({ endpoint: "consent", kind: "error", code: "server_error" });
    expect((await signIn("demo-ines")).back.searchParams.get("error")).toBe("server_error");
  });
});
