import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findFreePort, spawnProduct, startWeb } from "#tests/support/product-process";
import { startStandIns } from "#tests/support/stand-ins";
import { createTestDatabase } from "#tests/support/test-database";

/** Nothing of the workbench is in what is deployed, and nothing that runs can be moved as the workbench moves it. */

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Words that stand in the bench's own code, each of which would betray it. */
const marks = [
  "__control",
  "test-seams",
  "TIKTOK_SIM_",
  "seedIds",
  "sim-hostile",
  "staff-ada",
  "addFault",
  "playwright",
];

async function readAll(folder: string): Promise<Map<string, string>> {
  const files = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile() && /\.(js|mjs|css|html|json|map)$/.test(file.name))
    .map(async (file) => {
      const at = path.join(file.parentPath, file.name);
      return [path.relative(root, at), await readFile(at, "utf8")] as const;
    });
  return new Map(await Promise.all(texts));
}

test("the built files hold nothing of the workbench, and the workbench's own files do", async () => {
  const built = await readAll("build");
  expect(built.size).toBeGreaterThan(20);
  const found = [...built].flatMap(([file, text]) =>
    marks.filter((mark) => text.includes(mark)).map((mark) => `${file}: ${mark}`),
  );
  expect(found).toEqual([]);
  const bench = await Promise.all(
    ["simulators/tiktok/control-api.ts", "support/product-seams.ts", "simulators/tiktok/main.ts"].map((file) =>
      readFile(path.join(root, "tests", file), "utf8"),
    ),
  );
  for (const mark of ["__control", "test-seams", "TIKTOK_SIM_"]) expect(bench.join()).toContain(mark);
});

test("every address of the build is a door in app/routes", async () => {
  const doors = await readdir(path.join(root, "app/routes"));
  const manifest = [...(await readAll("build/client"))].find(([file]) => /manifest-\w+\.js$/.test(file))?.[1] ?? "";
  const ids = [...manifest.matchAll(/"id":"(routes\/[^"]+)"/g)].map(([, id]) => id);
  expect([...new Set(ids)].sort()).toEqual(doors.map((file) => `routes/${path.parse(file).name}`).sort());
});

test("a production process answers no order of the workbench, over HTTP or from its parent", async () => {
  const database = await createTestDatabase();
  const origin = `http://127.0.0.1:${await findFreePort()}`;
  const standIns = await startStandIns({ appOrigin: origin });
  const environment = { ...standIns.environment, DATABASE_URL: database.url };
  const web = await startWeb({ environment });
  try {
    for (const at of ["/__control/", "/__control/state", "/__control/reset", "/test", "/qa", "/reset"]) {
      expect((await fetch(`${origin}${at}`)).status, at).toBe(404);
    }
    expect(() => web.child.send({ id: 1, clock: { offsetMs: 1 } }), "it has no channel").toThrow();
    // The same process, started by the bench, has one.
    const worker = spawnProduct("worker", [], { environment, arranged: true });
    await worker.order({ clock: { offsetMs: 1 } });
    await worker.stop();
  } finally {
    await web.stop();
    await standIns.stop();
    await database.drop();
  }
});
