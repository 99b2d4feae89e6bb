/**
 * The house's rules that no other tool knows. `node tests/support/check-house.mjs [root]` prints one line per
 * violation (`file:line rule: what`) and exits 1 if there is any. It looks at every file that git tracks or would.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(process.argv[2] ?? ".");
const MAX_BYTES = 2 * 1024 * 1024;

/** @typedef {{ file: string, text: string }} Source */
/** @typedef {{ name: string, applies: (file: string) => boolean, find: (source: Source) => { at: number, what: string }[] }} Rule */

const isCode = (/** @type {string} */ file) => /\.(ts|tsx|mjs|cjs|js)$/.test(file);
const isTest = (/** @type {string} */ file) => file.startsWith("tests/") || /\.test\.tsx?$/.test(file);
const under = (/** @type {string} */ folder) => (/** @type {string} */ file) => isCode(file) && file.startsWith(folder);
const thisFile = "tests/support/check-house.mjs";

/** Every place where `pattern` (global) occurs. @param {RegExp} pattern @param {string} [what] */
const matches =
  (pattern, what) =>
  (/** @type {Source} */ { text }) =>
    [...text.matchAll(pattern)].map((match) => ({ at: match.index, what: what ?? match[0].trim() }));

/** One finding for the file itself if `wrong` says so. @param {(file: string) => string | undefined} wrong */
const fileName =
  (wrong) =>
  (/** @type {Source} */ { file }) => {
    const what = wrong(file);
    return what === undefined ? [] : [{ at: 0, what }];
  };

const forbiddenNames = /^(utils?|helpers?|misc|common|lib|shared|services?|managers?)$/;
const rooms = /^(accounts|videos|challenges|submissions|moderation|notifications|results|personal-data|operations)$/;

/** @type {Rule[]} */
const rules = [
  {
    name: "environment",
    // The two tools that start other processes hand an environment on; everything else asks env.server.ts.
    applies: (file) => under("app/")(file) && !/^app\/(infra\/env\.server\.ts|processes\/(build|dev)\.mjs)$/.test(file),
    find: ({ file, text }) =>
      nodes(file, text, (node) => ts.isPropertyAccessExpression(node) && node.getText() === "process.env").map(
        (at) => ({
          at,
          what: "process.env is read in app/infra/env.server.ts alone",
        }),
      ),
  },
  {
    name: "raw-html",
    applies: (file) => under("app/")(file) && file !== "app/ui/safe-html.tsx",
    find: ({ file, text }) =>
      nodes(file, text, (node) => ts.isIdentifier(node) && node.text === "dangerouslySetInnerHTML").map((at) => ({
        at,
        what: "dangerouslySetInnerHTML belongs to app/ui/safe-html.tsx alone",
      })),
  },
  {
    name: "names",
    applies: (file) => /^(app|drizzle|tests)\//.test(file),
    find: fileName((file) => {
      const parts = file.split("/");
      const stem = (parts.pop() ?? "").split(".")[0] ?? "";
      const last = stem.split("-").pop() ?? "";
      const bad = [...parts.slice(1), stem, last].find((part) => forbiddenNames.test(part));
      if (bad) return `"${bad}" says nothing about what is inside`;
      return stem === "index" && isCode(file) ? "an index file is a barrel" : undefined;
    }),
  },
  {
    name: "barrel",
    applies: (file) => under("app/")(file) || under("drizzle/")(file) || under("tests/")(file),
    find: matches(/^export \* from .*$/gm),
  },
  {
    name: "rooms",
    applies: (file) => /^app\/features\/[^/]+\//.test(file),
    find: fileName((file) => {
      const room = file.split("/")[2] ?? "";
      return rooms.test(room) ? undefined : `${room} has no place in the leaning order (.dependency-cruiser.cjs)`;
    }),
  },
  {
    name: "doors",
    applies: (file) => file.startsWith("app/routes/"),
    find: fileName((file) => {
      const ok = /^app\/routes\/[^/]+\.tsx?$/.test(file) && !/\.(server|client|test)\.tsx?$/.test(file);
      return ok ? undefined : "every file in app/routes is a URL: nothing else may live there";
    }),
  },
  {
    name: "clock",
    applies: under("app/features/"),
    find: ({ file, text }) => [
      ...nodes(file, text, (node) =>
        ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
          ? /\b(now\s*\(\s*\)|current_timestamp|current_date|localtimestamp|(transaction|statement)_timestamp)/i.test(
              node.text,
            )
          : false,
      ).map((at) => ({ at, what: "product time is a parameter from infra/clock, also in SQL" })),
      ...nodes(
        file,
        text,
        (node) => ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length,
      ).map((at) => ({ at, what: "product time comes from infra/clock" })),
    ],
  },
  {
    name: "tests-run",
    applies: (file) => isCode(file) && isTest(file) && file !== thisFile,
    find: matches(/\b(test|it|describe)\.(only|skip|todo|fixme|fails|skipIf)\b|\bwaitForTimeout\b/g),
  },
  {
    name: "no-mocks",
    applies: (file) => isCode(file) && isTest(file) && file !== thisFile,
    find: matches(/\bvi\.(mock|doMock|hoisted)\(/g),
  },
  {
    name: "machine-path",
    applies: () => true,
    find: matches(/(?<![\w.$}*-])\/(work|root|home)\/[\w.-]+/g),
  },
  {
    name: "proofs",
    // A document that names a test, `file` › name, names one that there is.
    applies: (file) => /^docs\/.*\.md$/.test(file),
    find: ({ text }) =>
      [...text.matchAll(/`((?:tests|app)\/[\w/.-]+\.ts)` › ([^|<\n]+)/g)].flatMap(
        ({ index, 1: test = "", 2: name = "" }) => {
          const at = path.join(root, test);
          const there = existsSync(at) && readFileSync(at, "utf8").includes(name.trim());
          return there ? [] : [{ at: index, what: `${test} has no test "${name.trim()}"` }];
        },
      ),
  },
  {
    name: "asvs",
    // Each requirement stands there once, with a test that proves it, or what is missing, or where it can be read.
    applies: (file) => file === "docs/asvs.md",
    find: ({ text }) => {
      const rows = [...text.matchAll(/^\| v5\.0\.0-([\d., ]+) \|.*$/gm)];
      const ids = rows.flatMap(({ 1: named = "" }) => named.split(", "));
      return rows.flatMap(({ index, 0: row, 1: named = "" }) => [
        ...(/` › |\*\*gap:\*\*|\*reads\* `/.test(row) ? [] : [{ at: index, what: `${named} is met by nobody's word` }]),
        ...named
          .split(", ")
          .filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id))
          .map((id) => ({ at: index, what: `${id} stands there twice` })),
      ]);
    },
  },
  {
    name: "registry",
    applies: (file) => file === "package-lock.json" || file === ".npmrc",
    find: matches(
      /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)[^"]*"|^\s*registry\s*=.*$/gm,
      "a registry's address",
    ),
  },
];

/**
 * Positions of the nodes of a file that `wanted` picks.
 * @param {string} file @param {string} text @param {(node: ts.Node) => boolean} wanted @returns {number[]}
 */
function nodes(file, text, wanted) {
  /** @type {number[]} */
  const found = [];
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (/** @type {ts.Node} */ node) => {
    if (wanted(node)) found.push(node.getStart());
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 32 * 1024 * 1024,
});
const files = listed
  .split("\0")
  .filter(
    (file) => file !== "" && existsSync(path.join(root, file)) && statSync(path.join(root, file)).size < MAX_BYTES,
  );

let violations = 0;
for (const file of files.sort()) {
  const text = readFileSync(path.join(root, file), "utf8");
  if (text.includes("\0")) continue; // not text
  for (const rule of rules.filter(({ applies }) => applies(file))) {
    for (const { at, what } of rule.find({ file, text })) {
      const line = text.slice(0, at).split("\n").length;
      process.stdout.write(`${file}:${line} ${rule.name}: ${what}\n`);
      violations += 1;
    }
  }
}
process.stdout.write(violations === 0 ? `house rules: ${files.length} files in order\n` : `${violations} violations\n`);
process.exit(violations === 0 ? 0 : 1);
