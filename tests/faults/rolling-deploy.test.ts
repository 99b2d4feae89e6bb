import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { startProduct } from "#tests/integration/product-in-process";
import { watchSyncs } from "#tests/integration/watch-syncs";
import { findFreePort, startWeb, startWorker } from "#tests/support/product-process";

/** A newer build migrates the database while processes of this one still serve it. */
const appOrigin = `http://127.0.0.1:${await findFreePort()}`;
const { tiktok, sql, people, verbs, environment, stop } = await startProduct({ jobs: "send", appOrigin });
const { applyMigrations, migrationsFolder } = await import("~/infra/apply-migrations.server");
const watch = watchSyncs(sql, tiktok);
const MINUTE = 60_000;
const folder = await mkdtemp(path.join(os.tmpdir(), "migrations-"));
afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});

/** This build's migrations and one more, which adds what the code does not know. */
async function laterMigrations(): Promise<string> {
  await cp(migrationsFolder(), folder, { recursive: true });
  const file = path.join(folder, "meta", "_journal.json");
  const journal: { entries: { idx: number; when: number; tag: string }[] } = JSON.parse(await readFile(file, "utf8"));
  const last = journal.entries.at(-1);
  if (!last) throw new Error("the journal is empty");
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: "9000_more" });
  await writeFile(file, JSON.stringify(journal));
  const statements = "alter table videos add column later text; create index videos_later on videos (later);";
  await writeFile(path.join(folder, "9000_more.sql"), statements);
  return folder;
}

test("pages are served and a sync completes over a migration that adds a column", { timeout: 4 * MINUTE }, async () => {
  const settings = { ...environment, LOG_LEVEL: "info" };
  const port = new URL(appOrigin).port;
  const web = await startWeb({ environment: { ...settings, PORT: port, JOBS: "off" } });
  const worker = await startWorker({ environment: settings });
  await tiktok.settings({ latencyMs: 100 });
  await tiktok.addAccount({ openId: "deployed", displayName: "Deployed", videos: 1_000 });
  const { viewer } = await people.signIn("deployed");
  await verbs.requestSync(viewer.accountId);
  await watch.until(async () => (await watch.latestRun("deployed")).pages >= 5, MINUTE);
  const statuses: number[] = [];
  let over = false;
  const visitor = (async () => {
    while (!over) statuses.push((await fetch(`${appOrigin}/`, { signal: AbortSignal.timeout(20_000) })).status);
  })();
  await applyMigrations(environment.DATABASE_URL, await laterMigrations());
  await watch.until(async () => (await watch.latestRun("deployed")).ended, 2 * MINUTE);
  over = true;
  await visitor;
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await watch.runs("deployed")).toMatchObject([{ state: "succeeded", failure: null, videosStored: 1_000 }]);
  expect(await watch.storedIds("deployed")).toEqual(await watch.listedIds("deployed"));
  expect(await Promise.all([web.stop(), worker.stop()])).toEqual([0, 0]);
});
