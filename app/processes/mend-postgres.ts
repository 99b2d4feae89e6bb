import type { Plugin } from "vite";

/**
 * postgres.js 3.4.9 batches small writes behind a timer that it does not forget when the connection ends
 * (porsager/postgres #1154, #1208). A transaction whose connection was cut then writes to no socket, which ends the whole
 * process, and a connection that was cut at that moment never says a word again. Where its text is another one, the build fails:
 * look whether it is still needed.
 */
const mends: readonly (readonly [text: string, mended: string, times: number])[] = [
  [
    "    const x = socket.write(chunk, fn)\n    nextWriteTimer !== null && clearImmediate(nextWriteTimer)\n",
    `    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    if (socket === null) {
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options))
      return false
    }
    const x = socket.write(chunk, fn)\n`,
    1,
  ],
  [
    "    clearImmediate(nextWriteTimer)\n",
    "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n",
    2,
  ],
];

export const mendPostgres: Plugin = {
  name: "mend-postgres",
  enforce: "pre",
  // Mended only where it is part of the build.
  config: () => ({ ssr: { noExternal: ["postgres"] } }),
  transform(code, id) {
    if (!id.replace(/\?.*$/, "").endsWith("/node_modules/postgres/src/connection.js")) return;
    return mends.reduce((text, [from, to, times]) => {
      const parts = text.split(from);
      if (parts.length !== times + 1) throw new Error("postgres.js has changed: see app/processes/mend-postgres.ts");
      return parts.join(to);
    }, code);
  },
};
