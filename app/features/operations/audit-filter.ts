import { z } from "zod";

/** What the audit log is searched by, as it stands in the address of the page. */

/** A field that was left empty asks for nothing. */
const asked = <Field extends z.ZodType>(field: Field) =>
  z.preprocess((given) => (given === "" ? undefined : given), field.optional());

const day = z.iso.date("Choose a day.");

export const auditFilterSchema = z
  .object({
    person: asked(z.string().trim().max(200, "That is too long for a name.")),
    action: asked(z.string().regex(/^[a-z_.]{1,60}$/, "There is no such act.")),
    // Ids of things and of keys: what is asked for is recorded when it is exported, and an open_id must not be.
    target: asked(z.string().regex(/^(?:[0-9a-f-]{36}|[a-z]+:[\w:/-]{1,200}|audit_log|sign_in)$/i, "That is no id.")),
    request: asked(z.string().regex(/^[\w-]{1,64}$/, "That is no request id.")),
    from: asked(day),
    until: asked(day),
  })
  .refine(({ from, until }) => !from || !until || from <= until, {
    path: ["until"],
    message: "Choose a day that is not before the first.",
  });

export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** The filter as a query, without what was left empty; with `?` when there is anything. */
export function searchOf(filter: AuditFilter, more: Readonly<Record<string, string>> = {}): string {
  const filled = Object.entries({ ...filter, ...more }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return filled.length === 0 ? "" : `?${new URLSearchParams(filled)}`;
}

/** One line as the page shows it. */
export interface AuditEntry {
  id: string;
  /** ISO time. */
  at: string;
  by: { kind: "user" | "operator" | "system"; id: string | null; name: string | null };
  action: string;
  /** `name`: a person's or a challenge's, as it is now; null when it has none or is gone. */
  target: { kind: string; id: string; name: string | null };
  changes: AuditChange[];
  reason: string | null;
  requestId: string | null;
}

export interface AuditChange {
  field: string;
  /** null: nothing is recorded of it. */
  before: string | null;
  after: string | null;
}

/** What was and what is, field by field; what stayed as it was stands there too, because it was recorded. */
export function changesOf(before: unknown, after: unknown): AuditChange[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...was.keys(), ...is.keys()])].map((field) => ({
    field,
    before: was.get(field) ?? null,
    after: is.get(field) ?? null,
  }));
}

function fieldsOf(recorded: unknown): Map<string, string> {
  if (recorded === null || typeof recorded !== "object") return new Map();
  return new Map(Object.entries(recorded).map(([field, value]) => [field, wordsOf(value)]));
}

function wordsOf(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map(wordsOf).join(", ") || "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
