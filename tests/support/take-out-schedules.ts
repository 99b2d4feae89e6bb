import type { Sql } from "postgres";

export interface Schedule {
  name: string;
  cron: string;
}

/**
 * Takes a started product's schedules out, and what they have sent already: a test that moves the clock would meet it
 * whenever a minute of this machine is full. Returns them, by name.
 */
export async function takeOutSchedules(sql: Sql): Promise<Schedule[]> {
  const schedules = await sql<Schedule[]>`delete from pgboss.schedule returning name, cron`;
  await sql`delete from pgboss.job where name = '__pgboss__send-it'`;
  return schedules.toSorted((a, b) => a.name.localeCompare(b.name));
}
