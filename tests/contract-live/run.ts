import { writeFile } from "node:fs/promises";
import type { Env } from "~/infra/environment";
import { checkLookUps } from "./check-look-ups";
import { checkOembed } from "./check-oembed";
import { checkPages } from "./check-pages";
import { checkProfileAndRefusals, checkRefresh } from "./check-tokens";
import { checkVideos } from "./check-videos";
import { Display } from "./display";
import { Findings } from "./findings";
import { readPages } from "./read-pages";
import { writeReport } from "./report";
import { signIn } from "./sign-in";
import { Wire } from "./wire";

const MAX_CALLS = 30;

export interface RunOptions {
  reportFile: string;
  shortLink: string | undefined;
  paceMs: number;
  say(line: string): void;
}

/** Signs somebody in, checks every assumption, writes the report. Exit code: 0 all hold, 1 some differ, 2 none was checked. */
export async function checkContract(env: Env, options: RunOptions): Promise<number> {
  const wire = new Wire(options.paceMs, MAX_CALLS);
  wire.hide(env.TIKTOK_CLIENT_SECRET);
  wire.install();
  const findings = new Findings();
  const unreached = await check(env, wire, findings, options).catch((error: unknown) => {
    // The words of an unforeseen error may hold anything: its name alone is told.
    options.say(`The check stopped: ${error instanceof Error ? error.name : "unknown error"}`);
    return "the check stopped before";
  });
  const report = writeReport(findings, {
    at: new Date(),
    addresses: [
      ...new Set([new URL(env.TIKTOK_AUTHORIZE_URL).origin, env.TIKTOK_DISPLAY_API_BASE_URL, env.TIKTOK_WEB_BASE_URL]),
    ],
    scopes: env.TIKTOK_DISPLAY_SCOPES,
    lookupPath: env.TIKTOK_VIDEO_LOOKUP_PATH,
    pkce: env.TIKTOK_PKCE,
    calls: wire.callCount,
    unreached,
    mask: (text) => wire.mask(text),
  });
  await writeFile(options.reportFile, report);
  const [hold, differ] = [findings.count("holds"), findings.count("differs")];
  for (const row of findings.rows(unreached).filter(({ verdict }) => verdict === "differs")) {
    options.say(`differs: ${row.says} (${wire.mask(row.seen)})`);
  }
  options.say(`${hold} hold, ${differ} differ, ${findings.count("not checked")} not checked: ${options.reportFile}`);
  if (differ > 0) return 1;
  return hold > 0 ? 0 : 2;
}

/** Gives the reason for everything that it did not get to. */
async function check(env: Env, wire: Wire, findings: Findings, { say, shortLink }: RunOptions): Promise<string> {
  findings.skip("rate_limit", "this run is polite");
  findings.skip("webhooks", "they need an address that TikTok reaches");
  const arrival = await signIn(env, wire, findings, say);
  if ("failed" in arrival) {
    say(`The rest is not checked: ${arrival.failed}.`);
    return arrival.failed;
  }
  const { tokens } = arrival;
  say("Signed in. Checking, one call at a time; this takes half a minute.");
  const now = new Date();
  const display = new Display(env, tokens.accessToken);
  const means = { env, wire, display, findings, tokens, granted: tokens.grantedScopes, shortLink, now };
  const profile = await checkProfileAndRefusals(means);
  const pages = await readPages(display);
  checkPages(pages, findings, now);
  await checkVideos(pages.first.videos, means);
  await checkLookUps(
    pages.first.videos.map(({ id }) => id),
    means,
  );
  await checkOembed(pages.first.videos, means);
  await checkRefresh(means, profile);
  return "the check did not get there";
}
