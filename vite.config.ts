import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";
import { dropUnusedSchemas } from "./app/processes/drop-unused-schemas";
import { mendPostgres } from "./app/processes/mend-postgres";
import remixConfig from "./remix.config.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The processes are entries of the same server build as the routes, so that a process and its routes are one module
 * graph: one pool, one vault, one class per error.
 */
const processes: Plugin = {
  name: "trendpot-processes",
  enforce: "post",
  config(_, { isSsrBuild, command }) {
    if (!isSsrBuild || command !== "build") return;
    const files = readdirSync(at("app/processes")).filter((file) => file.endsWith(".ts") && !file.includes(".server."));
    const input = Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ""), at(`app/processes/${file}`)]));
    return {
      build: {
        rollupOptions: {
          input: { index: "virtual:remix/server-build", ...input },
          output: { entryFileNames: "[name].js" },
        },
      },
    };
  },
};

export default defineConfig({
  plugins: [mendPostgres, tailwindcss(), remix(remixConfig), processes, dropUnusedSchemas],
  resolve: { alias: { "~": at("app"), "#drizzle": at("drizzle") } },
  // ES2022 for top-level await: the database is there before anything that imports it runs.
  build: { target: "es2022", assetsInlineLimit: 0 },
});
