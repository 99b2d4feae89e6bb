import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process of the product's own verbs (`script`, a path from here) that says when it is ready and waits to be let go. */
export function startGated(script: string, environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL(script, import.meta.url))], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    ended: once(child, "exit"),
    ready: async () => void (await lines.next()),
    go: () => child.stdin.write("go\n"),
  };
}
