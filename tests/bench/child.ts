import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const ANSWER_MS = 60_000;

/** A process of the benchmark's own that answers questions one at a time; it ends with whoever started it. */
export interface Child {
  /** Sends `question` and gives the next message; throws when the process ends instead, or does not answer. */
  ask(question: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts `script` (a path from the project's root) under tsx and waits for its first message. */
export async function startChild(
  script: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Child> {
  const child = fork(path.join(root, script), args, {
    cwd: root,
    execArgv: ["--import", "tsx"],
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  await nextMessage(child, script);
  return {
    ask: (question) => {
      const answer = nextMessage(child, script);
      child.send(question as object);
      return answer;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
    },
  };
}

async function nextMessage(child: ChildProcess, script: string): Promise<unknown> {
  const decided = new AbortController();
  const signal = AbortSignal.any([decided.signal, AbortSignal.timeout(ANSWER_MS)]);
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([message]): unknown => message),
      once(child, "exit", { signal }).then(([code, killedBy]) => {
        throw new Error(`${script} ended (${code ?? killedBy}) without an answer`);
      }),
    ]);
  } finally {
    decided.abort();
  }
}
