import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort, type ProductProcess, startWeb } from "#tests/support/product-process";
import { FORM, formBody, type RawAnswer, rawRequest } from "#tests/support/qa/raw-request";
import { type Line, type Outcome, plainDoors, routes } from "./authorisation-matrix";
import { readBuiltRoutes, readPlainDoors } from "./built-routes";
import { digestRows } from "./digest-rows";
import { type Asker, askers, type DoorsWorld, makeDoorsWorld } from "./doors-world";
import { eachAtOnce } from "./each-at-once";
import { startProduct } from "./product-in-process";

/** Who may open which door of the built product: authorisation-matrix.ts, asked over HTTP. */
const origin = `http://127.0.0.1:${await findFreePort()}`;
const product = await startProduct({ appOrigin: origin, jobs: "send" });
const built = readBuiltRoutes();
let world: DoorsWorld;
let web: ProductProcess;

beforeAll(async () => {
  const starting = startWeb({ environment: { ...product.environment, JOBS: "off", LOG_LEVEL: "error" } });
  world = await makeDoorsWorld(product);
  web = await starting;
});
afterAll(async () => {
  await web.stop();
  await product.stop();
});

const lines = Object.entries({ ...routes, ...plainDoors }).flatMap(([door, all]) =>
  all.map((line) => ({ door, line })),
);
const isRoute = (door: string) => door in routes;
const intentOf = (line: Line, asker: Asker = "creator") => line.fields(world.asked(asker)).intent;
const nameOf = (door: string, line: Line, asker: Asker) =>
  `${asker}: ${line.method} ${door} ${intentOf(line, asker) ?? ""} ${line.on}`;

/** `/a?b` → `/a.data?b`: the same page as its scripts ask for it. */
const dataPath = (path: string) => {
  const [at = "", search] = path.split("?");
  return `${at === "/" ? "/_root" : at}.data${search === undefined ? "" : `?${search}`}`;
};

function send(line: Line, asker: Asker, form: "document" | "data" = "document"): Promise<RawAnswer> {
  const asked = world.asked(asker);
  const cookie = world.cookie(asker, line.as);
  const path = form === "data" ? dataPath(line.path(asked)) : line.path(asked);
  const body = line.method === "POST" ? formBody(line.fields(asked)) : undefined;
  const headers = { ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { ...FORM, origin }) };
  return rawRequest(origin, path, { method: line.method, headers, body });
}

/** What came back, in the words of the matrix. */
function outcomeOf({ status, headers, body }: RawAnswer, line: Line, asker: Asker): Outcome {
  const back = line.method === "GET" ? line.path(world.asked(asker)) : "/";
  const login = `/login?returnTo=${encodeURIComponent(back)}`;
  if (status === 302) return headers.location === login ? "login" : 302;
  // A redirect for scripts: its target is in the body.
  if (status === 202) return body.includes(`"${login}"`) ? "login" : 302;
  return status;
}

/** Whether the asker's request must leave everything as it is. */
const isQuiet = (line: Line, asker: Asker) => {
  const outcome = line.outcomes[asker];
  if (line.changes === "even when refused") return outcome === "login";
  return line.changes === "nothing" || outcome === "login" || outcome >= 400;
};

test("every route that was built has its lines, and every line its route", () => {
  const missing: string[] = [];
  for (const { id, hasAction } of built.doors) {
    const known = routes[id] ?? [];
    if (!known.some(({ method }) => method === "GET")) missing.push(`${id}: a GET`);
    if (hasAction && !known.some(({ method }) => method === "POST")) missing.push(`${id}: its action`);
  }
  for (const { door, line } of lines.filter((one) => isRoute(one.door))) {
    const answering = built.routeOf(line.path(world.asked("creator")).split("?")[0] ?? "");
    if (answering !== door) missing.push(`${door}: ${line.path(world.asked("creator"))} is answered by ${answering}`);
    if (line.method === "POST" && !built.doors.find(({ id }) => id === door)?.hasAction) {
      missing.push(`${door}: there is no action`);
    }
  }
  for (const id of Object.keys(routes)) if (!built.doors.some((door) => door.id === id)) missing.push(`${id}: is gone`);
  expect(missing, "see the head of authorisation-matrix.ts").toEqual([]);
  expect(readPlainDoors().sort()).toEqual(Object.keys(plainDoors).sort());
});

test("whoever may not is refused in every form of the request, nothing changes, and nothing is given away", async () => {
  const quiet = lines.flatMap(({ door, line }) =>
    askers
      .filter((asker) => isQuiet(line, asker))
      .flatMap((asker) => [
        { door, line, asker, form: "document" as const },
        // What is shown to everybody needs no second look.
        ...(isRoute(door) && line.outcomes[asker] !== 200 ? [{ door, line, asker, form: "data" as const }] : []),
      ]),
  );
  const rows = await digestRows(product.sql);
  const wrong: string[] = [];
  await eachAtOnce(8, quiet, async ({ door, line, asker, form }) => {
    const answer = await send(line, asker, form);
    const name = `${nameOf(door, line, asker)} (${form})`;
    const outcome = outcomeOf(answer, line, asker);
    if (outcome !== line.outcomes[asker]) wrong.push(`${name}: ${outcome}, not ${line.outcomes[asker]}`);
    for (const { words, mayKnow } of world.secrets) {
      if (!mayKnow.includes(asker) && answer.body.includes(words)) wrong.push(`${name} shows “${words}”`);
    }
    if (form === "document" && answer.status === 200) wrong.push(...unknownForms(answer.body.toString(), line, asker));
  });
  expect([...new Set(wrong)]).toEqual([]);
  expect(await digestRows(product.sql)).toEqual(rows);
  expect(quiet.length).toBeGreaterThan(300);
});

/** What the forms of a page post and the matrix does not know. */
function unknownForms(html: string, line: Line, asker: Asker): string[] {
  const here = line.path(world.asked(asker));
  return Array.from(html.matchAll(/<form\b([^>]*method="post"[^>]*)>(.*?)<\/form>/gs)).flatMap(
    ([, head = "", inside = ""]) => {
      const action = /action="([^"]*)"/.exec(head)?.[1] || here;
      const door = built.routeOf(new URL(action, origin).pathname) ?? "";
      const posts = (routes[door] ?? []).filter(({ method }) => method === "POST");
      if (posts.length === 0) return [`${here} posts to ${door}, which has no line`];
      const known = posts.map((one) => intentOf(one));
      return Array.from(inside.matchAll(/<(?:button|input)\b[^>]*name="intent"[^>]*>/g), ([tag]) => tag)
        .map((tag) => /value="([^"]*)"/.exec(tag)?.[1])
        .filter((intent) => !known.includes(intent))
        .map((intent) => `${here} posts “${intent}” to ${door}, which has no line`);
    },
  );
}

test("whoever may is served, and only their own is touched", async () => {
  const wrong: string[] = [];
  for (const { door, line } of lines) {
    for (const asker of askers.filter((one) => !isQuiet(line, one))) {
      const outcome = outcomeOf(await send(line, asker), line, asker);
      if (outcome !== line.outcomes[asker]) {
        wrong.push(`${nameOf(door, line, asker)}: ${outcome}, not ${line.outcomes[asker]}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(await world.otherIsUntouched()).toBe(true);
});

test("an intent that nobody wrote is refused to an admin too, and so is a POST where there is no action", async () => {
  const answers: string[] = [];
  for (const { id, hasAction } of built.doors) {
    const line = (routes[id] ?? []).find(({ method }) => method === (hasAction ? "POST" : "GET"));
    if (!line || (hasAction && intentOf(line) === undefined)) continue;
    const path = line.path(world.asked("admin"));
    const headers = { ...FORM, origin, cookie: world.cookie("admin", "themselves") };
    const { status } = await rawRequest(origin, path, { method: "POST", headers, body: "intent=no_such_intent" });
    if (status !== (hasAction ? 400 : 405)) answers.push(`${id}: ${status}`);
  }
  expect(answers).toEqual([]);
});
