import postgres from "postgres";

/**
 * Lets `role` use what the owner's migrations have made, and own none of it: in the history it may read and add, no more,
 * and cannot switch off what guards it. The job queue makes a schema of its own. May be run as often as one likes.
 */
export async function grantToRuntime(ownerUrl: string, role: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  const to = owner(role);
  try {
    await owner.begin(async (tx) => {
      const [here] = await tx<{ database: string }[]>`select current_database() as database`;
      await tx`grant create on database ${tx(here?.database ?? "")} to ${to}`;
      await tx`grant usage on schema public, drizzle to ${to}`;
      await tx`grant select on all tables in schema drizzle to ${to}`;
      await tx`grant select, insert, update, delete on all tables in schema public to ${to}`;
      await tx`revoke update, delete on audit_log, decisions, standings, results from ${to}`;
    });
  } finally {
    await owner.end({ timeout: 5 });
  }
}
