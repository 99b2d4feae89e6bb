import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";

type Routes = ServerBuild["routes"];
type Tree = NonNullable<Parameters<typeof matchRoutes>[0]>;

/** A build's routes as a function from a path to the id of the route that answers it; undefined when none does. */
export function routeMatcher(build: ServerBuild): (path: string) => string | undefined {
  const tree = childrenOf(undefined, build.routes);
  return (path) => {
    // Data of a page is asked for at the page's path with `.data`, of the home page at `/_root.data`.
    const page = path.replace(/^\/_root\.data$/, "/").replace(/\.data$/, "");
    return matchRoutes(tree, page)?.at(-1)?.route.id;
  };
}

function childrenOf(parentId: string | undefined, routes: Routes): Tree {
  return Object.values(routes).flatMap((route) => {
    if (!route || route.parentId !== parentId) return [];
    const { id, path, caseSensitive } = route;
    return route.index
      ? { id, path, caseSensitive, index: true }
      : { id, path, caseSensitive, children: childrenOf(id, routes) };
  });
}
