import { randomBytes } from "node:crypto";
import { chmod, chown, link, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { asIdentity, type Binaries, codeOf, exists, type Identity, run } from "./embedded-postgres-binaries.server";
import { EmbeddedPostgresError } from "./embedded-postgres-error";

/** One PostgreSQL data directory and what is needed to run it. */
export interface Cluster {
  binaries: Binaries;
  identity: Identity;
  /** Owned by `identity`; holds `data`, the log and the port last used. */
  home: string;
  data: string;
  password: string;
  /** Further `name=value` settings of the server. */
  settings: Readonly<Record<string, string>>;
}

/** What postmaster.pid says, once its process has been looked at. */
export type Postmaster =
  | { state: "absent" }
  | { state: "stale"; content: string }
  | { state: "changing"; pid: number }
  | { state: "ready"; pid: number; port: number };

export const POSTGRES_USER = "trendpot";

const INIT_MS = 120_000;
const START_SECONDS = 60;
const STOP_SECONDS = 30;
const LEFTOVER_MS = 10 * 60_000;
const LOG_BYTES = 8 * 1024 * 1024;

const serverSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "''",
  max_connections: "200",
  shared_buffers: "128MB",
  // Rows and statements hold people's data: the log gets the error alone.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
};

/**
 * Makes the data directory `home`/pg if there is none and returns its password. It is built aside and renamed, so
 * a crash or a second process never sees half of it. Throws EmbeddedPostgresError for one of another major version.
 */
export async function makeCluster(home: string, binaries: Binaries, identity: Identity): Promise<string> {
  const data = path.join(home, "pg");
  await removeLeftovers(home);
  if (!(await exists(path.join(data, "PG_VERSION")))) await initialise(home, data, binaries, identity);
  const major = Number(await readFile(path.join(data, "PG_VERSION"), "utf8"));
  if (major !== binaries.major) {
    throw new EmbeddedPostgresError(
      `the data in ${data} is of PostgreSQL ${major} and this app brings ${binaries.major}: dump it with the old version first`,
    );
  }
  return (await readFile(path.join(data, "app_password"), "utf8")).trim();
}

async function initialise(home: string, data: string, binaries: Binaries, identity: Identity): Promise<void> {
  const aside = await mkdtemp(path.join(home, "init-"));
  try {
    await give(aside, identity);
    const passwordFile = path.join(aside, "password");
    await writeFile(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
    await give(passwordFile, identity);
    const fresh = path.join(aside, "pg");
    const auth = ["-U", POSTGRES_USER, "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
    // The builtin locale sorts the same on every machine and with every libc.
    const locale = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
    const args = ["-D", fresh, ...auth, ...locale, "--no-instructions"];
    await run(binaries.initdb, args, asIdentity(identity, aside, INIT_MS));
    await rename(passwordFile, path.join(fresh, "app_password"));
    await rename(fresh, data).catch((error: unknown) => {
      if (codeOf(error) !== "ENOTEMPTY" && codeOf(error) !== "EEXIST") throw error; // else another process won
    });
  } catch (error) {
    throw new EmbeddedPostgresError(`initdb failed in ${home}`, { cause: error });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  if (!(await exists(path.join(data, "PG_VERSION")))) {
    throw new EmbeddedPostgresError(`${data} exists and is no PostgreSQL data directory`);
  }
}

/** Folders of an initdb that was killed. */
async function removeLeftovers(home: string): Promise<void> {
  for (const name of (await readdir(home)).filter((entry) => entry.startsWith("init-"))) {
    const at = path.join(home, name);
    const found = await stat(at).catch(() => null);
    if (found && Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(at, { recursive: true, force: true });
  }
}

/** Makes `folder` (0700) and gives it to `identity`. */
export async function makeOwnedFolder(folder: string, identity: Identity): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await give(folder, identity);
}

async function give(at: string, { uid, gid }: Identity): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(at, uid, gid);
}

/** Reads postmaster.pid: pid, data directory, start time, port, socket folder, address, memory key, state. */
export async function readPostmaster(cluster: Cluster): Promise<Postmaster> {
  const content = await readFile(path.join(cluster.data, "postmaster.pid"), "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (content === null) return { state: "absent" };
  const [pidLine, , , portLine, , , , stateLine] = content.split("\n");
  const pid = Number(pidLine);
  // The file is made first and filled then: an empty one belongs to a server that is just starting.
  if (!(pid > 0)) return { state: "changing", pid: 0 };
  if (!(await isServerOf(cluster, pid))) return { state: "stale", content };
  const port = Number(portLine);
  if (stateLine?.trim() !== "ready" || !(port > 0)) return { state: "changing", pid };
  return { state: "ready", pid, port };
}

/**
 * Whether process `pid` is PostgreSQL on this data directory. After a crash or a restart of the machine the number
 * in postmaster.pid may belong to any other process, and pg_ctl then refuses to start.
 */
async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
  }
  const command = await readCommand(pid);
  return command === undefined || command.includes(cluster.data);
}

/** The command line of `pid`: empty if it is gone or going, undefined if it cannot be known. */
async function readCommand(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") {
    return readFile(`/proc/${pid}/cmdline`, "utf8").catch((error: unknown) =>
      codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH" ? "" : undefined,
    );
  }
  return run("/bin/ps", ["-o", "command=", "-p", String(pid)], { timeout: 5_000 }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error instanceof Error && "code" in error && error.code === 1 ? "" : undefined),
  );
}

/**
 * Takes away a postmaster.pid that was judged stale, and puts it back if it is another one by now. Should two
 * servers still start, PostgreSQL finds the other one by its shared memory, which belongs to the data directory.
 */
export async function removeStalePidFile(cluster: Cluster, content: string): Promise<void> {
  const at = path.join(cluster.data, "postmaster.pid");
  const aside = path.join(cluster.data, `postmaster.pid.${randomBytes(6).toString("hex")}`);
  try {
    await rename(at, aside);
    if ((await readFile(aside, "utf8")) !== content) await link(aside, at);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "EEXIST") throw error; // else another process was faster
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * Runs `pg_ctl start`, on the port of last time if it is free. Returns "again" when the failure passes by itself
 * (another process starts it too, killed server's children still leave, port just taken), else throws.
 */
export async function startServer(cluster: Cluster): Promise<"started" | "again"> {
  const logFile = path.join(cluster.home, "postgres.log");
  const logBefore = await sizeOf(logFile);
  if (logBefore > LOG_BYTES) await rename(logFile, `${logFile}.1`);
  const portFile = path.join(cluster.home, "port");
  const port = await findPort(Number(await readFile(portFile, "utf8").catch(() => "0")));
  const settings = { ...serverSettings, ...cluster.settings, port: String(port) };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const args = ["-D", cluster.data, "-w", "-t", String(START_SECONDS), "-l", logFile, "-o", options.join(" "), "start"];
  const limits = asIdentity(cluster.identity, cluster.home, (START_SECONDS + 10) * 1000);
  try {
    await run(cluster.binaries.pgCtl, args, limits);
  } catch (error) {
    const found = await readPostmaster(cluster);
    if (found.state === "ready" || found.state === "changing") return "again"; // e.g. a long crash recovery
    const log = await readFile(logFile, "utf8").catch(() => "");
    const tail = log.slice(logBefore > LOG_BYTES ? 0 : logBefore).slice(-800);
    const passing =
      /pre-existing shared memory block|lock file .* already exists|could not bind|bogus data in lock file/;
    if (passing.test(tail)) return "again";
    throw new EmbeddedPostgresError(`the server did not start; its log ends with: ${tail.trim()}`, { cause: error });
  }
  await writeFile(portFile, String(port));
  return "started";
}

/** Stops the server and waits for its end; connections are cut. Does nothing when none runs. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const stop = (mode: "fast" | "immediate") =>
    run(
      cluster.binaries.pgCtl,
      ["-D", cluster.data, "-m", mode, "-w", "-t", String(STOP_SECONDS), "stop"],
      asIdentity(cluster.identity, cluster.home, (STOP_SECONDS + 10) * 1000),
    );
  await stop("fast").catch(async () => {
    const left = await readPostmaster(cluster);
    if (left.state === "ready" || left.state === "changing") await stop("immediate");
  });
}

/** `wanted` if it is free, else one that the system picks. */
async function findPort(wanted: number): Promise<number> {
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
  const port = (wanted > 0 && wanted < 65_536 ? await tryPort(wanted) : null) ?? (await tryPort(0));
  if (port === null) throw new EmbeddedPostgresError("no port is free on 127.0.0.1");
  return port;
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}
