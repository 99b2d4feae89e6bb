import { spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** @type {NodeJS.Signals[]} */
const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];
const FAREWELL_MS = 20_000;

/**
 * Runs a command in the foreground in a process group of its own. A signal to us goes to the whole group, once: npm
 * and sh die of it without telling their children. Returns the exit code when all of the group has ended, so that
 * servers are put away first; after `timeoutMs` the group is asked to end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, timeoutMs?: number }} options
 * @returns {Promise<number>}
 */
export async function runInGroup(command, args, { cwd, env, timeoutMs }) {
  const child = spawn(command, args, { cwd, env, stdio: "inherit", detached: true });
  const signalled = { any: false };
  /** @param {NodeJS.Signals | 0} signal */
  const toGroup = (signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
      return child.pid !== undefined;
    } catch {
      return false; // nobody of the group is left
    }
  };
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    signalled.any = true;
    toGroup(signal);
  };
  for (const signal of passedOn) process.on(signal, passOn);
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => passOn("SIGTERM"), timeoutMs);
  try {
    const [code, signal] = await once(child, "exit");
    const deadline = Date.now() + FAREWELL_MS;
    while (signalled.any && toGroup(0) && Date.now() < deadline) await delay(50);
    if (signalled.any) toGroup("SIGKILL");
    return code ?? 128 + os.constants.signals[/** @type {NodeJS.Signals} */ (signal)];
  } finally {
    clearTimeout(timer);
    for (const signal of passedOn) process.off(signal, passOn);
  }
}
