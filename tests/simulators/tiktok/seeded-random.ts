import { createHash } from "node:crypto";

/** Everything the simulator makes up comes from fixed seeds, so that two starts tell the same story. */

/** A 32-bit number that belongs to `seed`. FNV-1a: quick, and good enough to spread made-up values. */
export function hash32(seed: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i += 1) {
    hash ^= seed.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  // Without a last mixing, seeds that differ in their last character alone stay neighbours.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

/** A number in [0, 1) that belongs to `seed`. */
export function fraction(seed: string): number {
  return hash32(seed) / 2 ** 32;
}

/** A whole number in [min, max] that belongs to `seed`. */
export function between(seed: string, min: number, max: number): number {
  return min + Math.floor(fraction(seed) * (max - min + 1));
}

/** The same items in another order, always the same one for the same seed. */
export function shuffled<T>(items: readonly T[], seed: string, keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, rank: hash32(`${seed}:${keyOf(item)}`) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Looks like a UUID, belongs to `seed`. */
export function seededUuid(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
