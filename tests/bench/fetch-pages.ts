import { z } from "zod";

/**
 * The floor of a sync: a loop that fetches every page of an account's list and counts its videos. Asked with where and
 * what to fetch, it answers with what that took.
 */
const questionSchema = z.object({ url: z.url(), accessToken: z.string(), maxCount: z.number() });

interface Page {
  data: { videos: { id: string }[]; cursor: number; has_more: boolean };
}

process.on("message", (message) => {
  const { url, accessToken, maxCount } = questionSchema.parse(message);
  const started = performance.now();
  const before = process.cpuUsage();
  void fetchAll(url, accessToken, maxCount).then((videos) => {
    const { user, system } = process.cpuUsage(before);
    process.send?.({ elapsedMs: performance.now() - started, cpuMs: (user + system) / 1000, videos });
  });
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");

async function fetchAll(url: string, accessToken: string, maxCount: number): Promise<number> {
  const seen = new Set<string>();
  let cursor: number | undefined;
  for (;;) {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ max_count: maxCount, cursor }),
    });
    const { data } = (await response.json()) as Page;
    for (const { id } of data.videos) seen.add(id);
    if (!data.has_more) return seen.size;
    cursor = data.cursor;
  }
}
