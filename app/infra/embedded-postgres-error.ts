/** The embedded PostgreSQL cannot be had here. The message is fit for the person who starts the app: no stack needed. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";

  constructor(reason: string, options?: ErrorOptions) {
    super(`The embedded PostgreSQL cannot run: ${reason}. Set DATABASE_URL to use a PostgreSQL of your own.`, options);
  }
}
