import { vaultReady } from "~/infra/check-vault-at-start.server";
import { migrationsCurrent } from "~/infra/migrate.server";

export interface Health {
  ready: boolean;
  database: boolean;
  keys: boolean;
  draining: boolean;
}

const DATABASE_MS = 2_000;

/** Whether this process can serve: the database answers and is this build's, and the key provider has answered. */
export async function checkHealth(draining: boolean): Promise<Health> {
  const database = await Promise.race([
    migrationsCurrent().catch(() => false),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), DATABASE_MS).unref()),
  ]);
  const keys = vaultReady();
  return { ready: database && keys && !draining, database, keys, draining };
}
