/** Product time. Leases, the limiter and the job queue keep the database's clock instead. */
export function now(): Date {
  return new Date();
}
