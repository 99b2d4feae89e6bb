import { createHash } from "node:crypto";
import { canonicalContext, type SealingContext } from "./key-provider";
import type { SealedRecord } from "./sealed-record";

/** Opened data keys are kept this long, at most this many, and overwritten when they go. */
const CACHE_MS = 5 * 60_000;
const CACHE_MAX = 1_000;
const OVERWRITE_AFTER_MS = 1_000;

interface Kept {
  key: Promise<Buffer>;
  until: number;
  expiry?: NodeJS.Timeout;
}

/**
 * Keeps derived keys for a while, per header and context (so a moved record never finds another row's key). However
 * many ask at once for one key, the provider is asked once. A failure is not kept: the next caller asks again.
 */
export function createKeyCache(unwrap: (record: SealedRecord, context: SealingContext) => Promise<Buffer>) {
  const kept = new Map<string, Kept>();
  const forget = (name: string, entry: Kept) => {
    // Under this name there may be a younger one by now.
    if (kept.get(name) === entry) kept.delete(name);
  };
  const drop = (name: string, entry: Kept) => {
    forget(name, entry);
    clearTimeout(entry.expiry);
    // Counted from when the key is there, which may be long after its place was given away; and not at once: somebody
    // who was just given it may be about to use it.
    void entry.key.then((key) => setTimeout(() => key.fill(0), OVERWRITE_AFTER_MS).unref(), ignoreFailed);
  };
  return {
    /** The caller uses the key at once and does not keep it. */
    async find(record: SealedRecord, context: SealingContext): Promise<Buffer> {
      const name = createHash("sha256").update(record.header).update(canonicalContext(context)).digest("base64");
      const known = kept.get(name);
      if (known && known.until > Date.now()) return known.key;
      if (known) drop(name, known);
      const entry: Kept = { key: unwrap(record, context), until: Date.now() + CACHE_MS };
      kept.set(name, entry);
      // A key that nobody asks for again must not stay in memory either.
      entry.expiry = setTimeout(() => drop(name, entry), CACHE_MS).unref();
      entry.key.catch(() => drop(name, entry));
      const oldest = kept.entries().next();
      if (kept.size > CACHE_MAX && !oldest.done) drop(...oldest.value);
      return entry.key;
    },
  };
}

/** The caller of `find` is told of the failure; there is no key to overwrite. */
const ignoreFailed = () => undefined;
