/**
 * `node tests/support/bootstrap.mjs <script>`: brings a fresh clone to the point where `npm run <script>` works, then
 * runs it. Plain JavaScript without dependencies, since nothing is installed yet; also runs on Node 20.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runInGroup } from "./run-in-group.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const bin = path.join(root, "node_modules", ".bin");
const stamp = path.join(root, "node_modules", ".installed-lock-hash");
const NEEDED_MAJOR = 24;
const INSTALL_MS = 15 * 60_000;

/** @param {string} line */
const say = (line) => process.stdout.write(`bootstrap: ${line}\n`);

/** @param {string} line @returns {never} */
function fail(line) {
  process.stderr.write(`bootstrap: ${line}\n`);
  process.exit(1);
}

/**
 * Runs a step in the foreground; false when it failed.
 * @param {string} command @param {string[]} args
 */
function step(command, args) {
  say(`${command} ${args.join(" ")}`);
  return spawnSync(command, args, { cwd: root, stdio: "inherit", timeout: INSTALL_MS }).status === 0;
}

function installDependencies() {
  const lock = readFileSync(path.join(root, "package-lock.json"), "utf8");
  const hash = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  if (isInstalled(JSON.parse(lock))) say("the installed packages are those of package-lock.json");
  else {
    say("node_modules is missing or not what package-lock.json says");
    if (!step("npm", ["ci"])) fail("npm ci failed");
  }
  writeFileSync(stamp, hash);
}

/**
 * Whether node_modules holds what the lock file names, by npm's own record of what it installed there. Optional
 * packages (other platforms' binaries) may be missing.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean }> }} lock
 */
function isInstalled(lock) {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  /** @type {typeof lock} */
  const installed = JSON.parse(readFileSync(record, "utf8"));
  return Object.entries(lock.packages).every(([name, wanted]) => {
    const found = installed.packages[name];
    return name === "" || (found ? found.version === wanted.version : wanted.optional === true);
  });
}

/**
 * The `node` package fetches Node 24 by its install script, which package.json approves; npm skips it all the same when
 * scripts are off, or when the lock file does not say which registry the package came from (npm 12).
 */
function ensureNode() {
  if (nodeMajor() === NEEDED_MAJOR) return;
  const folder = path.join(root, "node_modules", "node");
  say(`node_modules/.bin/node is not Node ${NEEDED_MAJOR} yet: running the install script of the node package`);
  const script = path.join(folder, "installArchSpecificPackage.js");
  spawnSync(process.execPath, [script], { cwd: folder, stdio: "inherit", timeout: INSTALL_MS });
  // npm links a package's programs before its script would have brought them.
  if (!existsSync(path.join(bin, "node"))) symlinkSync(path.join("..", "node", "bin", "node"), path.join(bin, "node"));
  if (nodeMajor() !== NEEDED_MAJOR) fail(`Node ${NEEDED_MAJOR} could not be installed into node_modules`);
}

function nodeMajor() {
  const { stdout } = spawnSync(path.join(bin, "node"), ["--version"], { encoding: "utf8", timeout: 20_000 });
  return Number(/^v(\d+)/.exec(stdout ?? "")?.[1]);
}

/** Chromium without a window: takes half the time of the whole browser for the same page. */
const SHELL = "chromium-headless-shell";
const BROWSERS = [SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The browser for the end-to-end tests: the machine's own, else installed. Returns the path of the machine's own.
 * @returns {string | undefined}
 */
function findBrowser() {
  const withApt = process.getuid?.() === 0 && findOnPath("apt-get") !== undefined;
  if (withApt && !findOnPath(SHELL)) installWithApt(SHELL);
  if (withApt && !findSystemBrowser()) installWithApt("chromium");
  const own = findSystemBrowser();
  if (own) {
    say(`browser: ${own}`);
    return own;
  }
  if (hasPlaywrightBrowser()) {
    say("browser: Playwright's own Chromium");
    return undefined;
  }
  const args = ["install", ...(withApt ? ["--with-deps"] : []), "chromium"];
  if (!step(path.join(bin, "playwright"), args)) fail("no Chromium found, and none could be installed");
  return undefined;
}

/** Whether it is there afterwards is seen by who looks for it: not every system has every package. @param {string} name */
function installWithApt(name) {
  if (step("apt-get", ["update"])) step("apt-get", ["install", "-y", "--no-install-recommends", name]);
}

/** The first browser on PATH that really starts. */
function findSystemBrowser() {
  return BROWSERS.map(findOnPath).find(
    (at) => at !== undefined && spawnSync(at, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0,
  );
}

function hasPlaywrightBrowser() {
  const ask = "import('playwright').then(({ chromium }) => process.stdout.write(chromium.executablePath()))";
  const { stdout } = spawnSync(path.join(bin, "node"), ["-e", ask], { cwd: root, encoding: "utf8", timeout: 30_000 });
  return Boolean(stdout) && existsSync(stdout);
}

/** @param {string} name @returns {string | undefined} */
function findOnPath(name) {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter).filter(Boolean)) {
    const at = path.join(folder, name);
    try {
      accessSync(at, constants.X_OK);
      return at;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

const [script, ...args] = process.argv.slice(2);
if (!script) fail("usage: node tests/support/bootstrap.mjs <script> [arguments]");
installDependencies();
ensureNode();
/** @type {Record<string, string>} */
const extra = {};
if (script === "test:run") {
  const browser = findBrowser();
  // Read by playwright.config.ts; unset means Playwright's own.
  if (browser) extra.TEST_CHROMIUM = browser;
}
const env = { ...process.env, ...extra, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` }; // Node 24 first
process.exit(await runInGroup("npm", ["run", script, ...(args.length > 0 ? ["--", ...args] : [])], { cwd: root, env }));
