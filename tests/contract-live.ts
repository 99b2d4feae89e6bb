import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { readSettings } from "./contract-live/settings";

/**
 * `npm run contract:live [-- report.md] [--short-link https://vm.tiktok.com/…] [--pace ms]`: asks the real TikTok, with
 * a sandbox app's keys and a test user, whether it does what we take it to do. Reads only, at most 30 calls, one a
 * second; stores nothing but the report. Exit code: 0 all that was checked holds, 1 something differs, 2 nothing could
 * be checked, 78 a setting is wrong.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "short-link": { type: "string" }, pace: { type: "string", default: "1000" } },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

const env = await readSettings();
// Imported now: these modules read the settings as they load.
const { checkContract } = await import("./contract-live/run");
say("Signing in may replace the tokens that a running TrendPot holds for the same account and app.");
const code = await checkContract(env, {
  reportFile: path.resolve(positionals[0] ?? "contract-report.md"),
  shortLink: values["short-link"],
  paceMs: z.coerce.number().int().min(0).parse(values.pace),
  say,
});
process.exit(code);
