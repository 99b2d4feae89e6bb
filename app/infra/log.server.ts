import { DrizzleQueryError } from "drizzle-orm";
import pino from "pino";
import { env } from "./env.server";

/** Structured lines on stdout. Secrets are cut out by name as the last net; nothing should hand one over at all. */
const secretNames = [
  "authorization",
  "cookie",
  '["set-cookie"]',
  "access_token",
  "accessToken",
  "refresh_token",
  "refreshToken",
  "client_secret",
  "code",
  "code_verifier",
  "codeVerifier",
  "state",
  "token",
  "secret",
  "password",
  "DATABASE_URL",
];

export const logOptions: pino.LoggerOptions = {
  level: env.LOG_LEVEL,
  timestamp: pino.stdTimeFunctions.isoTime,
  base: { pid: process.pid },
  redact: {
    paths: secretNames.filter((name) => name !== "code" && name !== "state").flatMap((name) => [name, nested(name)]),
    censor: "[secret]",
  },
  serializers: { err: describeError },
};

export const log = pino(logOptions);

function nested(name: string): string {
  return name.startsWith("[") ? `*${name}` : `*.${name}`;
}

/**
 * An error fit for the log. A database error is told by its code and constraint: its message and detail carry the
 * parameters of the query, and with them people's data.
 */
export function describeError(error: unknown): Record<string, unknown> {
  const root = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(root instanceof Error)) return { type: typeof root };
  if (isPostgresError(root)) {
    return {
      type: root.name,
      code: root.code,
      constraint: root.constraint_name,
      table: root.table_name,
      stack: frames(root),
    };
  }
  const cause = root.cause instanceof Error ? describeError(root.cause) : undefined;
  return { type: root.name, message: root.message, stack: frames(root), ...(cause ? { cause } : {}) };
}

interface PostgresError extends Error {
  code: string;
  constraint_name?: string;
  table_name?: string;
}

function isPostgresError(error: Error): error is PostgresError {
  return error.name === "PostgresError" && "code" in error;
}

/** The stack without its first line, which repeats the message. */
function frames(error: Error): string | undefined {
  return error.stack?.split("\n").slice(1, 8).join("\n");
}
