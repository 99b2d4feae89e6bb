import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { z } from "zod";
import { routeMatcher } from "~/infra/match-route.server";

const project = fileURLToPath(new URL("../..", import.meta.url));
const assets = path.join(project, "build", "client", "assets");

const manifestSchema = z.object({
  routes: z.record(
    z.string(),
    z.object({
      id: z.string(),
      parentId: z.string().optional(),
      path: z.string().optional(),
      index: z.boolean().optional(),
      hasAction: z.boolean(),
    }),
  ),
});

export interface BuiltRoutes {
  /** Every route with an address of its own, and whether it has an action. */
  doors: readonly { id: string; hasAction: boolean }[];
  /** The id of the route that answers a path. */
  routeOf: (path: string) => string | undefined;
}

/** The routes as they were built, from the manifest that browsers get. */
export function readBuiltRoutes(): BuiltRoutes {
  const file = readdirSync(assets).find((name) => /^manifest-.*\.js$/.test(name));
  if (!file) throw new Error("there is no build: npm run build");
  const json = readFileSync(path.join(assets, file), "utf8").replace(/^[^{]*|;?\s*$/g, "");
  const { routes } = manifestSchema.parse(JSON.parse(json));
  const layouts = new Set(Object.values(routes).flatMap(({ parentId }) => parentId ?? []));
  return {
    doors: Object.values(routes).filter(({ id }) => !layouts.has(id)),
    // The matcher reads nothing else of a build.
    routeOf: routeMatcher({ routes } as unknown as ServerBuild),
  };
}

/** What web-app.server.ts answers before Remix, as `method path`. */
export function readPlainDoors(): string[] {
  const text = readFileSync(path.join(project, "app", "processes", "web-app.server.ts"), "utf8");
  return Array.from(
    text.matchAll(/app\.(get|post|put|patch|delete)\(\s*"([^"]+)"/g),
    ([, method, at]) => `${method} ${at}`,
  );
}
