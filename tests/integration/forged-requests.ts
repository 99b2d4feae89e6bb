import { randomBytes } from "node:crypto";
import type postgres from "postgres";
import { FORM, rawRequest } from "#tests/support/qa/raw-request";
import { hashesOf } from "~/infra/session.server";
import { eachAtOnce } from "./each-at-once";

/**
 * One request in every shape, each with a session of its own that it would end: what is gone afterwards says which of
 * them were carried out.
 */
const methods = { unsafe: ["POST", "PUT", "PATCH", "DELETE"], safe: ["GET", "HEAD", "OPTIONS"] } as const;

/** Ways to write the address of one action. */
const paths = [
  "/logout",
  "/logout/",
  "/LOGOUT",
  "/%6Cogout",
  "//logout",
  "/logout?index",
  "/logout?_method=GET",
  "/logout.data",
  "/logout.data?_routes=routes%2Flogout",
  "/logout?_data=routes%2Flogout",
  "/webhooks/tiktok/../../logout",
  "/email/unsubscribe/../../logout",
  "/email/unsubscribe.data?_routes=routes%2Flogout",
] as const;

const origins = ["ours", "another", "`null`", "none", "a look-alike"] as const;
const sites = ["same-origin", "same-site", "cross-site", "none", "(absent)"] as const;

interface Shape {
  method: string;
  path: string;
  origin: (typeof origins)[number];
  site: (typeof sites)[number];
}
interface Tried extends Shape {
  status: number;
  ran: boolean;
}

/** Every unsafe method in full; a safe one with what is most and least to be trusted. */
const shapes: readonly Shape[] = [...methods.unsafe, ...methods.safe].flatMap((method) =>
  paths.flatMap((path) =>
    origins.flatMap((origin) =>
      sites
        .filter(
          (site) =>
            isUnsafe(method) || (["ours", "another"].includes(origin) && /^(same-origin|cross-site)$/.test(site)),
        )
        .map((site) => ({ method, path, origin, site })),
    ),
  ),
);

export function isUnsafe(method: string): boolean {
  return methods.unsafe.some((one) => one === method);
}

/** Sends every shape in a session of `userId`, opened for it alone. */
export async function tryAll(appOrigin: string, sql: postgres.Sql, userId: string): Promise<Tried[]> {
  const at = new Date();
  const later = new Date(at.getTime() + 3_600_000);
  const sent = shapes.map((shape) => ({ shape, id: randomBytes(32).toString("base64url"), status: 0 }));
  const rows = sent.map(({ id }) => ({
    id_hash: hashesOf(id)[0] ?? Buffer.alloc(0),
    id: crypto.randomUUID(),
    user_id: userId,
    created_at: at,
    last_seen_at: at,
    expires_at: later,
  }));
  for (let from = 0; from < rows.length; from += 500) {
    await sql`insert into sessions ${sql(rows.slice(from, from + 500))}`;
  }
  await eachAtOnce(8, sent, async (one) => {
    const headers = { ...FORM, cookie: `__Host-trendpot=${one.id}`, ...headersOf(one.shape, appOrigin) };
    one.status = (await rawRequest(appOrigin, one.shape.path, { method: one.shape.method, headers })).status;
  });
  const left = await sql<{ hash: string }[]>`select encode(id_hash, 'hex') as hash from sessions`;
  const alive = new Set(left.map(({ hash }) => hash));
  return sent.map(({ shape, id, status }) => ({
    ...shape,
    status,
    ran: !alive.has(hashesOf(id)[0]?.toString("hex") ?? ""),
  }));
}

function headersOf({ origin, site }: Shape, appOrigin: string): Record<string, string> {
  const values = {
    ours: appOrigin,
    another: "https://evil.example",
    "`null`": "null",
    none: undefined,
    "a look-alike": `${appOrigin}.evil.example`,
  };
  const value = values[origin];
  return { ...(value ? { origin: value } : {}), ...(site === "(absent)" ? {} : { "sec-fetch-site": site }) };
}

/** The rule: `Sec-Fetch-Site` says that it is ours, or is not there; `Origin` likewise; and one of them is there. */
export function isOurs({ origin, site }: Shape): boolean {
  return site === "(absent)" ? origin === "ours" : site === "same-origin" && (origin === "ours" || origin === "none");
}

/** What was tried as a document: one grid for all methods and addresses that came out alike. */
export function describeTried(tried: readonly Tried[]): string {
  const grids = new Map<string, Map<string, string[]>>();
  for (const method of [...methods.unsafe, ...methods.safe]) {
    for (const path of paths) {
      const grid = gridOf(tried.filter((one) => one.method === method && one.path === path));
      const byPath = grids.get(grid) ?? new Map<string, string[]>();
      byPath.set(path, [...(byPath.get(path) ?? []), method]);
      grids.set(grid, byPath);
    }
  }
  const sections = Array.from(grids, ([grid, byPath]) => {
    const alike = new Map<string, string[]>();
    for (const [path, all] of byPath) alike.set(all.join(", "), [...(alike.get(all.join(", ")) ?? []), `\`${path}\``]);
    const heads = Array.from(alike, ([all, addresses]) => `**${all}** to ${addresses.join(", ")}`);
    return `${heads.join("\n\n")}\n\n${grid}`;
  });
  return sections.join("\n\n");
}

function gridOf(tried: readonly Tried[]): string {
  const used = sites.filter((site) => tried.some((one) => one.site === site));
  const rows = origins
    .filter((origin) => tried.some((one) => one.origin === origin))
    .map((origin) => {
      const cells = used.map((site) => {
        const one = tried.find((each) => each.origin === origin && each.site === site);
        return one?.ran ? "**ran**" : one?.status === 403 ? "refused" : "nothing done";
      });
      return `| ${origin} | ${cells.join(" | ")} |`;
    });
  const head = `| \`Origin\` \\ \`Sec-Fetch-Site\` | ${used.join(" | ")} |\n|${" --- |".repeat(used.length + 1)}`;
  return [head, ...rows].join("\n");
}
