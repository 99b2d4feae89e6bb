import type { Plugin } from "vite";

/**
 * Modules of a noun hold its words and its zod schemas, and a browser mostly needs the words. A schema is made by calls, which
 * a bundler keeps for what they might do, and zod with them: 24 kB on every signed-in page. So what such a module makes at
 * its top is marked as doing nothing else, and goes where nobody uses it.
 */
export const dropUnusedSchemas: Plugin = {
  name: "drop-unused-schemas",
  apply: (_, { command, isSsrBuild }) => command === "build" && !isSsrBuild,
  transform(code, id) {
    if (!id.includes("/app/") || !/from "zod(\/mini)?"/.test(code)) return;
    const constants = this.parse(code).body.flatMap((statement) => {
      const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      return declared?.type === "VariableDeclaration" ? declared.declarations : [];
    });
    const made = constants.flatMap(({ init }) => (isMade(init) ? init : []));
    return made.reduceRight(
      (text, { start, end }) =>
        `${text.slice(0, start)}/* @__PURE__ */ (() => (${text.slice(start, end)}))()${text.slice(end)}`,
      code,
    );
  },
};

/** By a call, or as an object that may hold some. Rollup's nodes say where they stand, which estree's types do not know. */
function isMade(node: { type: string } | null | undefined): node is { type: string; start: number; end: number } {
  return node?.type === "CallExpression" || node?.type === "ObjectExpression";
}
