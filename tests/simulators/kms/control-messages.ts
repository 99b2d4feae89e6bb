import { z } from "zod";

/** What travels over `/__control/…`, for both ends of it. */

export const operations = ["GenerateDataKey", "Decrypt", "DescribeKey"] as const;
export type Operation = (typeof operations)[number];
export const anyOperation = z.enum([...operations, "*"]);

/** A disabled or dying key still describes itself, as in KMS. */
export const keyStates = ["Enabled", "Disabled", "PendingDeletion"] as const;
export type KeyState = (typeof keyStates)[number];

/** As KMS has it; the repository's prefix `aws/` belongs to Amazon. */
export const aliasName = z.string().regex(/^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/, "an alias is alias/name");
export const keyId = z.uuid();

/**
 * status: a bare HTTP status with a page of HTML, as a load balancer sends it · error: `code` in KMS's own form ·
 * throttle: ThrottlingException · delay: the right answer, late · hang: no answer at all · reset: the connection is
 * cut · malformed: status 200 with half a body.
 */
const faultKinds = ["status", "error", "throttle", "delay", "hang", "reset", "malformed"] as const;

export const faultRequest = z
  .object({
    operation: anyOperation.default("*"),
    kind: z.enum(faultKinds),
    status: z.int().min(400).max(599).optional(),
    code: z.string().min(1).optional(),
    delayMs: z.int().min(1).optional(),
    /** It happens this often; without end when not given. */
    times: z.int().min(1).optional(),
    /** This many requests pass first. */
    after: z.int().min(0).default(0),
  })
  .strict()
  .refine(({ kind, code }) => kind !== "error" || code !== undefined, "an error needs its code")
  .refine(({ kind, delayMs }) => kind !== "delay" || delayMs !== undefined, "a delay needs delayMs");

export type FaultRequest = z.input<typeof faultRequest>;
export type Fault = z.output<typeof faultRequest> & {
  /** Requests that matched, whether they were let through or not. */
  seen: number;
  fired: number;
};

/** One request. Never a plaintext, a data key, a wrapped key or a signature. */
export interface LedgerEntry {
  seq: number;
  at: string;
  operation: string;
  /** The key's ARN; null when the request did not come as far as a key. */
  keyId: string | null;
  encryptionContext: Readonly<Record<string, string>> | null;
  /** Null: not answered (yet, or ever). */
  status: number | null;
  error: string | null;
  fault?: Fault["kind"];
}

export interface KeyDescription {
  keyId: string;
  arn: string;
  state: KeyState;
  denied: readonly Operation[];
  aliases: readonly string[];
}

export interface SimulatorState {
  region: string;
  keys: readonly KeyDescription[];
  faults: readonly Fault[];
  requests: number;
}
