import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { TikTokControl } from "#tests/simulators/tiktok/control";
import { PlainClient } from "#tests/simulators/tiktok/plain-client";
import { startTikTokSimulator } from "#tests/simulators/tiktok/simulator";
import { findFreePort } from "#tests/support/product-process";

/** `npm run contract:live` as a process of its own against a TikTok of its own, with a test playing the person. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const LONGEST_LIFE_MS = 170_000;

export const PERSON = { openId: "-_planted-open-id", displayName: "Planted Person", username: "planted.person" };

export const publicContract = {
  TIKTOK_DISPLAY_SCOPES: "user.info.basic user.info.profile video.list",
  TIKTOK_VIDEO_LOOKUP_PATH: "/v2/video/query/",
};

export async function startTikTok(contract: "mission" | "public", options: { videos: number; appOrigin?: string }) {
  const appOrigin = options.appOrigin ?? `http://127.0.0.1:${await findFreePort()}`;
  const redirectUri = `${appOrigin}/auth/tiktok/callback`;
  const app = { clientKey: "planted-client-key", clientSecret: "planted-client-secret-0123456789" };
  const simulator = await startTikTokSimulator({ ...app, contract, redirectUris: [redirectUri] });
  const tiktok = new TikTokControl(simulator.origin);
  await tiktok.addAccount({ ...PERSON, videos: options.videos });
  return {
    tiktok,
    client: new PlainClient(simulator.origin, { ...app, redirectUri }),
    environment: {
      APP_ORIGIN: appOrigin,
      TIKTOK_CLIENT_KEY: app.clientKey,
      TIKTOK_CLIENT_SECRET: app.clientSecret,
      TIKTOK_AUTHORIZE_URL: `${simulator.origin}/v2/auth/authorize/`,
      TIKTOK_DISPLAY_API_BASE_URL: simulator.origin,
      TIKTOK_WEB_BASE_URL: simulator.origin,
      ...(contract === "public" ? publicContract : {}),
    },
    [Symbol.asyncDispose]: () => simulator.stop(),
  };
}
export type RunningTikTok = Awaited<ReturnType<typeof startTikTok>>;

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
  /** By what the row says; the cells are trimmed. */
  rows: ReadonlyMap<string, { seen: string; verdict: string }>;
  report: string;
}

/**
 * Runs the script to its end. `person` gets the printed address and what can be typed into the terminal. Fails if a
 * credential, a name, an id or a text of the person stands in what was said or written.
 */
export async function runContractLive(
  { tiktok, environment }: RunningTikTok,
  options: {
    args?: readonly string[];
    settings?: Readonly<Record<string, string>>;
    person: (address: URL, type: (line: string) => void) => Promise<string[]>;
  },
): Promise<Run> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "contract-live-"));
  try {
    const file = path.join(folder, "report.md");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "tests/contract-live.ts", file, ...(options.args ?? ["--pace", "0"])],
      {
        cwd: root,
        env: { NODE_ENV: "production", PATH: process.env.PATH, ...environment, ...options.settings },
        timeout: LONGEST_LIFE_MS,
        killSignal: "SIGKILL",
      },
    );
    const said = { stdout: "", stderr: "" };
    const closed = once(child, "close");
    let hasStarted = false;
    let secrets: Promise<string[]> = Promise.resolve([]);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.stderr += text;
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.stdout += text;
      const printed = /^ {2}(http\S+)\n/m.exec(said.stdout)?.[1];
      if (printed === undefined || hasStarted) return;
      hasStarted = true;
      secrets = options.person(new URL(printed), (line) => child.stdin.write(`${line}\n`));
      // Nobody will come back: told when the child has ended.
      secrets.catch(() => child.kill("SIGKILL"));
    });
    const [code] = await closed;
    const report = await readFile(file, "utf8").catch(() => "");
    await expectNothingPrivate(tiktok, said, report, [environment.TIKTOK_CLIENT_SECRET, ...(await secrets)]);
    return { code: Number(code ?? -1), ...said, report, rows: rowsOf(report) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function expectNothingPrivate(
  tiktok: TikTokControl,
  said: { stdout: string; stderr: string },
  report: string,
  secrets: readonly string[],
): Promise<void> {
  const all = `${said.stdout}\n${said.stderr}\n${report}`;
  const videos = await tiktok.videos(PERSON.openId);
  for (const secret of [...secrets, ...Object.values(PERSON), ...videos.flatMap(({ id, caption }) => [id, caption])]) {
    expect(all).not.toContain(secret);
    expect(all).not.toContain(encodeURIComponent(secret));
  }
  expect(all).not.toMatch(/\b(act|rft)\./);
  // The verifier is the script's own secret: nothing printed may be what the challenge was made of.
  const challenge = /code_challenge=([0-9a-f]{64})/.exec(said.stdout)?.[1];
  for (const [word] of all.matchAll(/[\w-]{43}/g)) {
    expect(createHash("sha256").update(word).digest("hex")).not.toBe(challenge);
  }
}

function rowsOf(report: string): Run["rows"] {
  const rows = report.split("\n").filter((line) => /^\| \d/.test(line));
  return new Map(
    rows.map((line) => {
      const [, , says = "", , , seen = "", verdict = ""] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
      return [says, { seen, verdict }];
    }),
  );
}
