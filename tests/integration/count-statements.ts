import { sql } from "~/infra/db.server";

/** How many statements the product's own connections send while `act` runs. */
export async function countStatements(act: () => Promise<unknown>): Promise<number> {
  let count = 0;
  sql.options.debug = () => {
    count += 1;
  };
  try {
    await act();
  } finally {
    sql.options.debug = false;
  }
  return count;
}
