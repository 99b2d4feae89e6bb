import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import net from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { secretsOf } from "./logged-secrets";
import type { SeamsOrder } from "./obey-orders";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const READY_MS = 90_000;
const STOP_MS = 20_000;
const ORDER_MS = 20_000;
const POLL_MS = 50;
/** Lines kept for whoever asks what a process said. */
const KEPT_LINES = 5_000;

/** A built process of the product, started as an operator would. */
export interface ProductProcess {
  readonly child: ChildProcess;
  /** The last lines of stdout and stderr. */
  output(): string;
  /** SIGTERM, and the exit code; throws when it does not end in time, or when it said a secret. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a crash would; throws when it said a secret. */
  kill(): Promise<void>;
  /** Moves the clock or the ids of a process that was started `arranged`; carried out when this resolves. */
  order(order: Omit<SeamsOrder, "id">): Promise<void>;
}

export interface ProductOptions {
  /** The whole environment; nothing of this process's own settings is handed on. */
  environment: Readonly<Record<string, string>>;
  /** Modules for `--import`. */
  imports?: readonly string[];
  /** Its clock and ids can be moved from here (obey-orders.ts). */
  arranged?: boolean;
  /** Told every line as it comes. */
  onLine?: (line: string) => void;
  /** Further arguments of node. */
  nodeArgs?: readonly string[];
}

/** Runs a built process (`web`, `worker`, `role` …) in the foreground of its own; does not wait for it. */
export function spawnProduct(name: string, args: readonly string[], options: ProductOptions): ProductProcess {
  const entry = path.join(root, "build", "server", `${name}.js`);
  const seams = options.arranged ? [new URL("obey-orders.ts", import.meta.url).href] : [];
  const imports = [...seams, ...(options.imports ?? [])].flatMap((module) => ["--import", module]);
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), ...imports, entry, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...options.environment },
    stdio: ["ignore", "pipe", "pipe", options.arranged ? "ipc" : "ignore"],
    detached: true, // Ctrl-C is for its parent, which stops it in order
  });
  const lines: string[] = [];
  const secretsIn = secretsOf(options.environment);
  const said = new Set<string>();
  const expectNoSecrets = () => {
    if (said.size > 0) throw new Error(`${name} wrote into its log: ${[...said].join(", ")}`);
  };
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (text: string) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) {
        lines.push(line);
        for (const secret of secretsIn(line)) said.add(secret);
        options.onLine?.(line);
      }
      if (lines.length > KEPT_LINES) lines.splice(0, lines.length - KEPT_LINES);
    });
  }
  const exited = once(child, "exit");
  let orders = 0;
  return {
    child,
    output: () => lines.join("\n"),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await Promise.race([exited, delay(STOP_MS, undefined, { ref: false })]);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGKILL");
        throw new Error(`${name} did not stop within ${STOP_MS / 1000} s:\n${lines.slice(-20).join("\n")}`);
      }
      expectNoSecrets();
      return child.exitCode;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
      expectNoSecrets();
    },
    order: async (order) => {
      orders += 1;
      const id = orders;
      const giveUp = AbortSignal.timeout(ORDER_MS);
      child.send({ id, ...order } satisfies SeamsOrder);
      for await (const [answer] of on(child, "message", { signal: giveUp })) {
        if ((answer as { done?: unknown }).done === id) return;
      }
    },
  };
}

/** Starts the web process and waits until it is ready to serve at its APP_ORIGIN. */
export async function startWeb(options: ProductOptions): Promise<ProductProcess> {
  const web = spawnProduct("web", [], options);
  await waitUntilReady(web, `${options.environment.APP_ORIGIN}/readyz`);
  return web;
}

/** Starts a worker and waits until it takes jobs. */
export async function startWorker(options: ProductOptions): Promise<ProductProcess> {
  const worker = spawnProduct("worker", [], options);
  await waitFor(worker, async () => worker.output().includes('"working"'));
  return worker;
}

/** Waits until `url` answers 200; throws with what the process said when it ends before. */
async function waitUntilReady(started: ProductProcess, url: string): Promise<void> {
  await waitFor(started, () =>
    fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    ),
  );
}

async function waitFor(started: ProductProcess, isReady: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await isReady())) {
    const { exitCode, signalCode } = started.child;
    if (exitCode !== null || signalCode !== null) {
      throw new Error(`the process ended (${exitCode ?? signalCode}) before it was ready:\n${started.output()}`);
    }
    if (Date.now() > deadline) {
      await started.kill();
      throw new Error(`the process was not ready in time:\n${started.output()}`);
    }
    await delay(POLL_MS);
  }
}

/** `wanted` if it is free on loopback, else a port that the system picks. */
export async function findFreePort(wanted = 0): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const server = net.createServer();
      server.once("error", () => resolve(null));
      server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
        const address = server.address();
        const found = typeof address === "object" && address ? address.port : null;
        server.close(() => resolve(found));
      });
    });
  const port = (wanted > 0 ? await tryPort(wanted) : null) ?? (await tryPort(0));
  if (port === null) throw new Error("no port is free on 127.0.0.1");
  return port;
}
