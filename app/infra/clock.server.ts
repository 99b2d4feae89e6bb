import { once } from "~/infra/once.server";

/** Product time. Leases, the limiter and the job queue keep the database's clock instead. */
export const now: () => Date = once("clock", () => () => new Date());
