import type postgres from "postgres";

/**
 * All rows of a stack's database, copied aside within it and brought back: the product's processes stay connected. The
 * copies are made of rows that the product's verbs wrote; history is append-only for the product, a superuser's session
 * may step around.
 */

const QUEUE = "pgboss.job";

interface Table {
  name: string;
  /** Without those that the database computes. */
  columns: string;
}

/** Rows only, never the schema. */
export async function emptyDatabase(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => clear(tx, await listTables(tx)));
}

/** Keeps what every table holds now under `name`. */
export async function keepRows(sql: postgres.Sql, name: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx.unsafe(`drop schema if exists ${schemaOf(name)} cascade; create schema ${schemaOf(name)}`);
    for (const [index, { name: table, columns }] of (await listTables(tx)).entries()) {
      await tx.unsafe(`create table ${schemaOf(name)}.t${index} as select ${columns} from ${table}`);
    }
  });
}

/** Every table holds again what it held when `name` was kept. */
export async function bringBackRows(sql: postgres.Sql, name: string): Promise<void> {
  await sql.begin(async (tx) => {
    const tables = await listTables(tx);
    await clear(tx, tables);
    for (const [index, { name: table, columns }] of tables.entries()) {
      await tx.unsafe(
        `insert into ${table} (${columns}) overriding system value select ${columns} from ${schemaOf(name)}.t${index}`,
      );
    }
  });
}

const schemaOf = (name: string) => `"kept ${name}"`;

/** In one order, so that a place in the list names the table. */
async function listTables(tx: postgres.TransactionSql): Promise<Table[]> {
  const tables = await tx<Table[]>`
    select format('%I.%I', table_schema, table_name) as name,
           string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
    from information_schema.columns join pg_tables on schemaname = table_schema and tablename = table_name
    where (table_schema = 'public' or format('%I.%I', table_schema, table_name) = ${QUEUE}) and is_generated = 'NEVER'
    group by table_schema, table_name order by 1`;
  return [...tables];
}

async function clear(tx: postgres.TransactionSql, tables: readonly Table[]): Promise<void> {
  await tx`set local session_replication_role = replica`;
  const own = tables.filter(({ name }) => name !== QUEUE);
  await tx.unsafe(`truncate ${own.map(({ name }) => name).join(", ")} cascade`);
  await tx.unsafe(`delete from ${QUEUE}`);
}
