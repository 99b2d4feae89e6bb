import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database";
import {
  applyMigrations,
  checkHistory,
  MigrationMismatchError,
  migrationsFolder,
  readApplied,
  readJournal,
} from "~/infra/apply-migrations.server";
import { migrateDatabase, migrationsCurrent } from "~/infra/migrate.server";

const run = promisify(execFile);
const child = fileURLToPath(new URL("children/migrate-database.ts", import.meta.url));

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ bare: true });
  folder = await mkdtemp(path.join(os.tmpdir(), "migrations-"));
  await cp(migrationsFolder(), folder, { recursive: true });
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const journalFile = () => path.join(folder, "meta", "_journal.json");

/** Appends a migration to the copied folder; `after` in milliseconds from the one before it. */
async function addMigration(tag: string, statement: string, after: number): Promise<void> {
  const journal: { entries: { idx: number; when: number; tag: string }[] } = JSON.parse(
    await readFile(journalFile(), "utf8"),
  );
  const last = journal.entries.at(-1);
  if (!last) throw new Error("the journal is empty");
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + after, tag });
  await writeFile(journalFile(), JSON.stringify(journal));
  await writeFile(path.join(folder, `${tag}.sql`), statement);
}

async function tableExists(name: string): Promise<boolean> {
  const sql = postgres(database.url, { max: 1 });
  const [row] = await sql<{ there: boolean }[]>`select to_regclass(${name}) is not null as there`;
  await sql.end();
  return row?.there ?? false;
}

describe("migrations", () => {
  test("four processes at once apply each one exactly once", async () => {
    const migrate = () => run(process.execPath, ["--import", "tsx", child, database.url], { timeout: 30_000 });
    await Promise.all([migrate(), migrate(), migrate(), migrate()]);
    const sql = postgres(database.url, { max: 1 });
    const applied = await readApplied(sql);
    await sql.end();
    expect(applied.map(({ hash }) => hash)).toEqual((await readJournal()).map(({ hash }) => hash));
  });

  test("a second run changes nothing", async () => {
    await applyMigrations(database.url, folder);
    await applyMigrations(database.url, folder);
  });

  test("a younger migration is applied to a database in use", async () => {
    await applyMigrations(database.url, folder);
    await addMigration("9000_more", "create table more (id int);", 1);
    await applyMigrations(database.url, folder);
    expect(await tableExists("more")).toBe(true);
  });

  test("an edited migration is refused", async () => {
    await applyMigrations(database.url, folder);
    const [first] = await readJournal(folder);
    const file = path.join(folder, `${first?.tag}.sql`);
    await writeFile(file, `${await readFile(file, "utf8")}\n-- edited`);
    await expect(applyMigrations(database.url, folder)).rejects.toThrow(/is not the one that was applied/);
  });

  test("a newer build's database is refused", async () => {
    await addMigration("9000_more", "create table more (id int);", 1);
    await applyMigrations(database.url, folder);
    await expect(applyMigrations(database.url)).rejects.toThrow(/newer build/);
  });

  test("a migration that drizzle would skip for its age is refused, and nothing is changed", async () => {
    await applyMigrations(database.url, folder);
    await addMigration("9000_late", "create table late (id int);", -1);
    await addMigration("9001_more", "create table more (id int);", 10);
    await expect(applyMigrations(database.url, folder)).rejects.toThrow(/9000_late is older .* would be skipped/);
    expect(await tableExists("more")).toBe(false);
  });

  test("a failing migration leaves the ones before it of the same run unapplied too", async () => {
    await applyMigrations(database.url, folder);
    await addMigration("9000_more", "create table more (id int);", 1);
    await addMigration("9001_broken", "select 1/0;", 1);
    await expect(applyMigrations(database.url, folder)).rejects.toThrow();
    expect(await tableExists("more")).toBe(false);
  });

  test("an applied time that another clock wrote does not hide a pending migration", () => {
    const journal = [
      { tag: "0000_a", hash: "a", when: 10 },
      { tag: "0001_b", hash: "b", when: 20 },
    ];
    expect(() => checkHistory([{ hash: "a", when: 30 }], journal)).toThrow(MigrationMismatchError);
    expect(() => checkHistory([{ hash: "a", when: 10 }], journal)).not.toThrow();
  });
});

describe("this process's database", () => {
  test("is migrated by the template, so migrating it again is a check", async () => {
    await migrateDatabase();
    expect(await migrationsCurrent()).toBe(true);
  });

  test("is not current while a migration of this build is missing", async () => {
    const { sql } = await import("~/infra/db.server");
    const [last] = await sql<{ id: number }[]>`
      update drizzle.__drizzle_migrations set hash = 'other' || hash
      where id = (select max(id) from drizzle.__drizzle_migrations) returning id`;
    expect(await migrationsCurrent()).toBe(false);
    await sql`update drizzle.__drizzle_migrations set hash = substr(hash, 6) where id = ${last?.id ?? 0}`;
    expect(await migrationsCurrent()).toBe(true);
  });
});
