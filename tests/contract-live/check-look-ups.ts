import { randomInt } from "node:crypto";
import type { Env } from "~/infra/environment";
import { scopeFor } from "~/infra/tiktok/scopes";
import { type Display, type DisplayAnswer, said } from "./display";
import type { Findings } from "./findings";
import { videosOf } from "./listed-video";

const PATHS = ["/v2/video/data/", "/v2/video/query/"];
/** The post of TikTok's own oEmbed sample: public, and hardly the tester's. */
const FOREIGN_ID = "6718335390845095173";
const DAY_SECONDS = 86_400;

/** An id in the right form, of yesterday, that nobody has. */
export function madeUpId(now: Date): string {
  const second = BigInt(Math.floor(now.getTime() / 1000) - DAY_SECONDS);
  return ((second << 32n) | BigInt(randomInt(2 ** 32))).toString();
}

/** Look-ups: which path, what becomes of strangers' ids, and in which order. */
export async function checkLookUps(
  ids: readonly string[],
  {
    env,
    display,
    findings,
    granted,
    now,
  }: { env: Env; display: Display; findings: Findings; granted: readonly string[]; now: Date },
): Promise<void> {
  findings.skip("private_ids", "this run changes nothing: make a video private between a list and a look-up to see");
  // Oldest first: an answer in the list's own order is then seen to be one.
  const own = ids.slice(0, 4).toReversed();
  const path = env.TIKTOK_VIDEO_LOOKUP_PATH;
  const answer = await display.lookUp(path, [...own, madeUpId(now), FOREIGN_ID]);
  judgePath(answer, { env, findings, granted });
  if (answer.isOk) judgeAnswer(own, answer, findings);
  else if (answer.status !== 404 && !answer.isTrouble && answer.code === "invalid_params") {
    findings.judge("absent_ids", false, `the whole call was refused: ${said(answer)}`);
  } else for (const name of ["absent_ids", "lookup_order"] as const) findings.skip(name, `no look-up: ${said(answer)}`);
  for (const other of PATHS.filter((known) => known !== path)) {
    const reply = await display.lookUp(other, own.length > 0 ? own : [FOREIGN_ID]);
    if (reply.isTrouble) findings.skip("other_lookup_path", said(reply));
    else findings.judge("other_lookup_path", true, `${other}: ${said(reply)}`);
  }
}

function judgePath(
  answer: DisplayAnswer,
  { env, findings, granted }: { env: Env; findings: Findings; granted: readonly string[] },
): void {
  const path = env.TIKTOK_VIDEO_LOOKUP_PATH;
  const scope = scopeFor("lookup", env.TIKTOK_DISPLAY_SCOPES);
  if (answer.status === 404 || answer.status === 405) {
    findings.judge("lookup_path", false, `${path}: ${answer.status}; change TIKTOK_VIDEO_LOOKUP_PATH`);
  } else if (answer.isTrouble) findings.skip("lookup_path", said(answer));
  else if (!granted.includes(scope)) findings.skip("lookup_path", `${scope} was not granted (${said(answer)})`);
  else findings.judge("lookup_path", !answer.code.startsWith("scope_"), `${path} under ${scope}: ${said(answer)}`);
}

function judgeAnswer(own: readonly string[], answer: DisplayAnswer, findings: Findings): void {
  const found = videosOf(answer.data).map(({ id }) => id);
  const strangers = found.filter((id) => !own.includes(id)).length;
  const lost = own.filter((id) => !found.includes(id)).length;
  const seen = `${found.length - strangers} of ${own.length} own, ${strangers} of 2 others`;
  findings.judge("absent_ids", strangers + lost === 0, seen);
  if (own.length < 2) findings.skip("lookup_order", "the account has too few videos");
  else if (found.join() === own.join()) findings.judge("lookup_order", true, "in the order asked");
  else if (found.join() === own.toReversed().join()) findings.judge("lookup_order", true, "newest first");
  else findings.judge("lookup_order", true, "in an order of its own");
}
