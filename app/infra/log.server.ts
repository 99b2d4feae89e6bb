import { AsyncLocalStorage } from "node:async_hooks";
import { DrizzleQueryError } from "drizzle-orm";
import pino from "pino";
import { env } from "./env.server";
import { once } from "./once.server";

/**
 * Structured lines on stdout. Secrets are cut out by name as the last net; nothing should hand one over at all. Not by
 * the names `code` and `state`: those mostly say what failed, and how a run stands.
 */
const secretNames = [
  "authorization",
  "cookie",
  "set-cookie",
  "access_token",
  "accessToken",
  "refresh_token",
  "refreshToken",
  "client_secret",
  "clientSecret",
  "code_verifier",
  "codeVerifier",
  "token",
  "secret",
  "password",
  "DATABASE_URL",
  "DATABASE_OWNER_URL",
  "SMTP_URL",
];

const fields = once("log-fields", () => new AsyncLocalStorage<Readonly<Record<string, unknown>>>());

/** Every line that is written on account of `act`, however deep, carries these: a request's id, or a job's. */
export function withLogFields<T>(added: Readonly<Record<string, unknown>>, act: () => T): T {
  return fields.run({ ...fields.getStore(), ...added }, act);
}

/** The id of the request on whose account this runs; undefined outside of one. */
export function requestIdHere(): string | undefined {
  const id = fields.getStore()?.requestId;
  return typeof id === "string" ? id : undefined;
}

export const logOptions: pino.LoggerOptions = {
  level: env.LOG_LEVEL,
  timestamp: pino.stdTimeFunctions.isoTime,
  base: { pid: process.pid },
  redact: {
    paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
    censor: "[secret]",
  },
  serializers: { err: describeError },
  mixin: () => ({ ...fields.getStore() }),
  formatters: { log: describeErrors },
  hooks: {
    logMethod(args, method) {
      const [given, message] = args;
      const error = errorOf(given);
      // Without a message pino takes the error's own, and a failed query's carries its parameters.
      if (error && message === undefined) {
        const named = given === error ? { err: error } : given;
        return method.call(this, named, String(describeError(error).type));
      }
      return method.apply(this, args);
    },
  },
};

export const log = pino(logOptions);

/** The error of a line: its only argument, or its `err`. */
function errorOf(given: unknown): Error | undefined {
  const error = typeof given === "object" && given !== null && "err" in given ? given.err : given;
  return error instanceof Error ? error : undefined;
}

/** An error under whatever name: as it is, all its fields would be written, a query's parameters among them. */
function describeErrors(given: Record<string, unknown>): Record<string, unknown> {
  const described = Object.entries(given).map(([name, value]) =>
    name !== "err" && value instanceof Error ? [name, describeError(value)] : [name, value],
  );
  return Object.fromEntries(described);
}

/**
 * An error fit for the log. A database error is told by its code and constraint: its message and detail carry the
 * parameters of the query, and with them people's data.
 */
function describeError(error: unknown): Record<string, unknown> {
  const root = rootOf(error);
  if (!(root instanceof Error)) return { type: typeof root };
  if (isPostgresError(root)) {
    return {
      type: root.name,
      code: root.code,
      constraint: root.constraint_name ?? root.constraint,
      table: root.table_name ?? root.table,
      stack: frames(root),
    };
  }
  const cause = root.cause instanceof Error ? describeError(root.cause) : undefined;
  return { type: root.name, message: root.message, stack: frames(root), ...(cause ? { cause } : {}) };
}

/** The same in a few words, for whoever keeps them. */
export function errorWords(error: unknown): string {
  const root = rootOf(error);
  if (!(root instanceof Error)) return "nothing is known";
  if (!isPostgresError(root)) return root.message;
  return ["database error", root.code, root.constraint_name ?? root.constraint].filter(Boolean).join(" ");
}

function rootOf(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? error.cause : error;
}

/** As our own driver and the job queue's name its fields. */
interface PostgresError extends Error {
  code: string;
  constraint_name?: string;
  constraint?: string;
  table_name?: string;
  table?: string;
}

function isPostgresError(error: Error): error is PostgresError {
  return "severity" in error && "code" in error;
}

/** The stack without its first line, which repeats the message. */
function frames(error: Error): string | undefined {
  return error.stack?.split("\n").slice(1, 8).join("\n");
}
