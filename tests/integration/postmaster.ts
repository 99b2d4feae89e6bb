import { readFile, rm } from "node:fs/promises";
import path from "node:path";

/** The server process of a cluster's folder; null when none says that it runs there. */
export async function postmasterPid(home: string): Promise<number | null> {
  const text = await readFile(path.join(home, "pg", "postmaster.pid"), "utf8").catch(() => null);
  return text === null ? null : Number(text.split("\n")[0]);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Removes a cluster. A test that failed half-way: its server must not outlive it. */
export async function removeHome(home: string): Promise<void> {
  const pid = await postmasterPid(home);
  if (pid && isAlive(pid)) process.kill(pid, "SIGQUIT");
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
