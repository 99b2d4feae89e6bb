/**
 * What Remix should do; vite.config.ts hands this to its Vite plugin. The classic compiler is never used: it would let
 * a component import server code without a word.
 * @type {import("@remix-run/dev").VitePluginConfig}
 */
export default {
  appDirectory: "app",
  buildDirectory: "build",
  serverModuleFormat: "esm",
  ignoredRouteFiles: ["**/.*"],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    // A desk that loses its network before its first verdict must not need a list of routes to keep it.
    v3_lazyRouteDiscovery: false,
  },
};
