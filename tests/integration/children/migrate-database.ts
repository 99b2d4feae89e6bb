import { applyMigrations } from "~/infra/apply-migrations.server";

/** Started several times at once by migrations.test.ts. */
const [url] = process.argv.slice(2);
if (!url) throw new Error("usage: migrate-database <url>");
await applyMigrations(url);
