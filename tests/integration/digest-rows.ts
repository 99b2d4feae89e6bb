import type postgres from "postgres";

/** Turned by every request that is counted, whatever it is allowed to do. */
const COUNTERS = ["rate_buckets", "process_metrics"];

/** A digest of each table's rows, and of the jobs that wait: equal when nothing was written in between. */
export async function digestRows(sql: postgres.Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> all(${COUNTERS}) order by 1`;
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql`
      select coalesce(md5(string_agg(t::text, E'\n' order by t::text)), '') as digest from ${sql(name)} t`;
    digests[name] = String(row?.digest);
  }
  const [jobs] = await sql`select count(*)::text as count from pgboss.job where name not like '\_\_%'`;
  return { ...digests, jobs: String(jobs?.count) };
}
