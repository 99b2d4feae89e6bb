import { closeDatabase, databaseUrl, db } from "~/infra/db.server";
import { migrateDatabase, migrationsCurrent } from "~/infra/migrate.server";

/** A process as the product's are: opens the database that its environment names, migrates, and leaves. */
await migrateDatabase();
const [row] = await db.execute<{ name: string }>("select current_database() as name");
process.stdout.write(
  `${JSON.stringify({ name: row?.name, port: new URL(databaseUrl).port, current: await migrationsCurrent() })}\n`,
);
await closeDatabase();
