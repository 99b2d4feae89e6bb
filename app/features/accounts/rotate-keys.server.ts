import { and, asc, eq, gt } from "drizzle-orm";
import { tiktokCredentials, tiktokRevocations } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import { log } from "~/infra/log.server";
import { VaultError, vault } from "~/infra/vault.server";
import { type TokenField, tokenContext } from "./store-credential.server";

/** Rows read at once. */
const PAGE = 200;
/** Pairs under work at once; each asks the key provider for up to four keys. */
const AT_ONCE = 8;
/** A pair that somebody else stores meanwhile is looked at again, this often at most. */
const LOOKS = 5;

/** Live pairs first: a disconnect moves its pair from there to the others, which must not slip past. */
const tables = [tiktokCredentials, tiktokRevocations];
type Table = (typeof tables)[number];

interface Pair {
  accountId: string;
  access: Uint8Array;
  refresh: Uint8Array;
}

/** Counts of token pairs; an account has one, and another while TikTok has not heard of its disconnect. */
export interface KeyRotation {
  /** The key that seals now: a KMS ARN, or the fingerprint of a local key. */
  keyId: string;
  resealed: number;
  alreadyCurrent: number;
  /** By reason. */
  failed: ReadonlyMap<string, number>;
  /** Found under another key when all was done. */
  remaining: number;
}

/**
 * Seals every stored token pair again, as the operator, that is not under the key which seals now. Safe beside running
 * processes and beside itself: a pair is stored only over the very bytes it was opened from, so whoever stores a newer
 * one wins. Its version stays, or a refresh under way would lose the pair that TikTok has just given it. What is done
 * stays done, so a run that was cut is finished by the next. Ends early when the key provider is out of reach. Throws
 * VaultError when the key that seals now cannot be used.
 */
export async function rotateKeys(): Promise<KeyRotation> {
  const keyId = await vault.check();
  const event = { actor: { kind: "operator" }, target: { kind: "key", id: keyId } } as const;
  await audit(db, { ...event, at: now(), action: "keys.rotation_begun" });
  const counts = await resealAll(keyId);
  const rotation = { keyId, ...counts, remaining: await countOthers(keyId) };
  const after = { ...rotation, failed: Object.fromEntries(counts.failed) };
  await audit(db, { ...event, at: now(), action: "keys.rotation_ended", after });
  return rotation;
}

async function resealAll(keyId: string): Promise<Omit<KeyRotation, "keyId" | "remaining">> {
  const failed = new Map<string, number>();
  let resealed = 0;
  let alreadyCurrent = 0;
  for (const table of tables) {
    for await (const page of pagesOf(table)) {
      for (let index = 0; index < page.length; index += AT_ONCE) {
        const outcomes = await Promise.all(
          page.slice(index, index + AT_ONCE).map((pair) => resealPair(table, pair, keyId)),
        );
        for (const outcome of outcomes) {
          if (outcome === "resealed") resealed += 1;
          else if (outcome === "current") alreadyCurrent += 1;
          else if (outcome !== "gone") failed.set(outcome.reason, (failed.get(outcome.reason) ?? 0) + 1);
        }
        const outOfReach = outcomes.some((outcome) => typeof outcome === "object" && outcome.outOfReach);
        if (outOfReach) return { resealed, alreadyCurrent, failed };
      }
    }
  }
  return { resealed, alreadyCurrent, failed };
}

type Outcome = "resealed" | "current" | "gone" | { reason: string; outOfReach: boolean };

async function resealPair(table: Table, found: Pair, keyId: string): Promise<Outcome> {
  const { accountId } = found;
  let pair: Pair | undefined = found;
  try {
    for (let look = 1; look <= LOOKS; look += 1) {
      if (isUnder(keyId, pair)) return "current";
      const [access, refresh] = await Promise.all([
        reseal(pair.access, accountId, "access"),
        reseal(pair.refresh, accountId, "refresh"),
      ]);
      if (await store(table, pair, { accountId, access, refresh })) return "resealed";
      pair = await findPair(table, accountId);
      if (!pair) return "gone";
    }
    return { reason: "stored anew all the time", outOfReach: false };
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    log.error({ accountId, err: error }, "a token pair could not be sealed under the current key");
    return { reason: `${error.kind} (${error.reason})`, outOfReach: error.kind === "unavailable" };
  }
}

async function reseal(sealed: Uint8Array, accountId: string, field: TokenField): Promise<Uint8Array> {
  const context = tokenContext(accountId, field);
  return vault.seal(await vault.open(sealed, context), context);
}

/** False when the pair is not what it was. Its bytes tell: a version starts again with a new link, they never do. */
async function store(table: Table, from: Pair, to: Pair): Promise<boolean> {
  const stored = await db
    .update(table)
    .set({ accessTokenSealed: to.access, refreshTokenSealed: to.refresh })
    .where(
      and(
        eq(table.accountId, from.accountId),
        eq(table.accessTokenSealed, from.access),
        eq(table.refreshTokenSealed, from.refresh),
      ),
    )
    .returning({ accountId: table.accountId });
  return stored.length === 1;
}

async function countOthers(keyId: string): Promise<number> {
  let others = 0;
  for (const table of tables) {
    for await (const page of pagesOf(table)) others += page.filter((pair) => !isUnder(keyId, pair)).length;
  }
  return others;
}

async function* pagesOf(table: Table): AsyncGenerator<Pair[]> {
  let after: string | undefined;
  for (;;) {
    const page: Pair[] = await selectPairs(table)
      .where(after === undefined ? undefined : gt(table.accountId, after))
      .orderBy(asc(table.accountId))
      .limit(PAGE);
    yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.accountId;
  }
}

async function findPair(table: Table, accountId: string): Promise<Pair | undefined> {
  const [pair] = await selectPairs(table).where(eq(table.accountId, accountId));
  return pair;
}

const selectPairs = (table: Table) =>
  db
    .select({ accountId: table.accountId, access: table.accessTokenSealed, refresh: table.refreshTokenSealed })
    .from(table);

function isUnder(keyId: string, { access, refresh }: Pair): boolean {
  try {
    return vault.keyIdOf(access) === keyId && vault.keyIdOf(refresh) === keyId;
  } catch (error) {
    // What is no record at all is under no key.
    if (error instanceof VaultError) return false;
    throw error;
  }
}
