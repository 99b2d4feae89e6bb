import { type ExecFileOptions, execFile } from "node:child_process";
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { EmbeddedPostgresError } from "./embedded-postgres-error";

export const run = promisify(execFile);

/** The user that PostgreSQL runs as; empty when it is the user of this process. */
export interface Identity {
  uid?: number;
  gid?: number;
}

export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
  /** Major version, as in the cluster's PG_VERSION. */
  major: number;
}

const VERSION_MS = 20_000;

/** Where root keeps what the unprivileged user must reach; the second one for systems with a read-only /var/lib. */
const ROOT_HOMES = ["/var/lib/trendpot", "/var/tmp/trendpot"];

const packageSchema = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Options that make a child run as `identity`, with plain English messages and nothing of our environment's secrets. */
export function asIdentity(identity: Identity, cwd: string, timeout: number): ExecFileOptions & { encoding: "utf8" } {
  // LC_ALL=C: failures are told apart by their messages. NODE_ENV is there for its type only.
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin", TZ: "UTC", LC_ALL: "C", NODE_ENV: "production" } as const;
  return { ...identity, env, cwd, timeout, encoding: "utf8", windowsHide: true };
}

/** PostgreSQL refuses to run as root: then `postgres` if the machine has one, else `nobody`. */
export async function findIdentity(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const users = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const [, , uid, gid] = users.find(([name]) => name === wanted) ?? [];
    if (Number(uid) > 0 && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedPostgresError("this process is root, and no user `postgres` or `nobody` exists to run it as");
}

/**
 * A folder that `identity` can enter, for when `dataDir` is closed to it (root's home is 0700).
 * `name` says what for; the same name gives the same folder.
 */
export async function makeReachableHome(name: string): Promise<string> {
  let reason: unknown;
  for (const home of ROOT_HOMES) {
    try {
      await mkdir(home, { recursive: true, mode: 0o711 });
      const found = await lstat(home);
      // /var/tmp is open to everybody: a folder that somebody else put there could be swapped under us.
      if (!found.isDirectory() || found.uid !== 0) throw new Error(`${home} is not a folder owned by root`);
      await chmod(home, 0o711);
      const at = path.join(home, name);
      await mkdir(at, { recursive: true, mode: 0o711 });
      await chmod(at, 0o711);
      return at;
    } catch (error) {
      reason = error;
    }
  }
  throw new EmbeddedPostgresError(`neither ${ROOT_HOMES.join(" nor ")} can be written`, { cause: reason });
}

/** Whether `identity` can enter and list `folder`: tried as that user, since rights may come from anywhere. */
export async function canEnter(identity: Identity, folder: string): Promise<boolean> {
  if (identity.uid === undefined) return true;
  return run("/bin/sh", ["-c", 'cd "$1"', "sh", folder], asIdentity(identity, "/", VERSION_MS)).then(
    () => true,
    () => false,
  );
}

/**
 * The PostgreSQL that npm installed for this platform, proved to run as `identity`; copied when that user cannot
 * reach it or when its folder cannot take the symlinks. Throws EmbeddedPostgresError, e.g. on musl.
 */
export async function findBinaries(identity: Identity, dataDir: string): Promise<Binaries> {
  const { native, version } = await locatePackage();
  try {
    return await tryBinaries(native, identity);
  } catch (error) {
    if (!isUnreachable(error)) throw new EmbeddedPostgresError("its program does not run here", { cause: error });
  }
  const name = `postgresql-${version}-${process.arch}`;
  const copy = identity.uid === undefined ? path.join(dataDir, name) : await makeReachableHome(name);
  try {
    await copyBinaries(native, copy);
    return await tryBinaries(path.join(copy, "native"), identity);
  } catch (error) {
    throw new EmbeddedPostgresError(`its program does not run from ${copy}`, { cause: error });
  }
}

async function locatePackage(): Promise<{ native: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === "linux" && !usesGlibc()) {
    throw new EmbeddedPostgresError("this Linux uses musl (Alpine), for which there is no build");
  }
  if (process.platform !== "linux" && process.platform !== "darwin") {
    throw new EmbeddedPostgresError(`${platform} is not supported`);
  }
  const name = `@embedded-postgres/${platform}`;
  const found: unknown = await import(/* @vite-ignore */ name).catch((error: unknown) => {
    throw new EmbeddedPostgresError(`the optional package ${name} is not installed`, { cause: error });
  });
  const native = path.dirname(path.dirname(packageSchema.parse(found).postgres));
  const manifest: unknown = JSON.parse(await readFile(path.join(native, "..", "package.json"), "utf8"));
  return { native, version: z.object({ version: z.string() }).parse(manifest).version };
}

function usesGlibc(): boolean {
  const report: unknown = process.report.getReport();
  const header = z.object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) }).safeParse(report);
  return header.success && header.data.header.glibcVersionRuntime !== undefined;
}

async function tryBinaries(native: string, identity: Identity): Promise<Binaries> {
  await makeSymlinks(native);
  const bin = (name: string) => path.join(native, "bin", name);
  const { stdout } = await run(bin("postgres"), ["--version"], asIdentity(identity, "/", VERSION_MS));
  const major = Number(/ (\d+)/.exec(stdout)?.[1]);
  return { initdb: bin("initdb"), pgCtl: bin("pg_ctl"), postgres: bin("postgres"), major };
}

/** npm packages hold no symlinks and install scripts may be off: the package lists the ones its libraries need. */
async function makeSymlinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
    const at = path.join(native, "..", target);
    const to = path.relative(path.dirname(target), source);
    await symlink(to, at).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
  }
}

/** Copies aside, then renames: another process sees all of it or nothing. */
async function copyBinaries(native: string, home: string): Promise<void> {
  const to = path.join(home, "native");
  await mkdir(home, { recursive: true });
  if (await exists(to)) return;
  const aside = await mkdtemp(path.join(home, "copy-"));
  try {
    await cp(native, path.join(aside, "native"), { recursive: true, verbatimSymlinks: true });
    await openToReaders(path.join(aside, "native"));
    await makeSymlinks(path.join(aside, "native"));
    await rename(path.join(aside, "native"), to).catch((error: unknown) => {
      if (codeOf(error) !== "ENOTEMPTY" && codeOf(error) !== "EEXIST") throw error; // else another process won
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Installed under a tight umask the files are root's alone. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) await openToReaders(at);
    else if (entry.isFile()) await chmod(at, (await lstat(at)).mode & 0o100 ? 0o755 : 0o644);
  }
}

function isUnreachable(error: unknown): boolean {
  return ["EACCES", "EPERM", "EROFS"].includes(codeOf(error) ?? "");
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

export async function exists(at: string): Promise<boolean> {
  return lstat(at).then(
    () => true,
    () => false,
  );
}
