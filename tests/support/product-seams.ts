import { createHash, randomUUIDv7 } from "node:crypto";

/**
 * Another clock and other ids for the product, for history that is seeded, deadlines that are tested and pages that
 * look the same twice. The product asks for both once, by name, when it starts; so this module has to be loaded first
 * (`--import`, or a dynamic import). Times are real time plus an offset; `at` holds the clock still.
 */
const kept = globalThis as typeof globalThis & { trendpot?: Map<string, unknown> };
kept.trendpot ??= new Map();

interface Seams {
  offsetMs: number;
  heldAt: number | null;
  /** What ids are made of, besides the clock; null: as the product makes them. */
  seed: string | null;
  made: number;
}

const STATE = "test-seams";
const fresh: Seams = { offsetMs: 0, heldAt: null, seed: null, made: 0 };
const state = (kept.trendpot.get(STATE) as Seams | undefined) ?? fresh;
kept.trendpot.set(STATE, state);
const nowMs = () => state.heldAt ?? Date.now() + state.offsetMs;
if (!kept.trendpot.has("clock")) kept.trendpot.set("clock", () => new Date(nowMs()));

/** The clock stands still at `instant` until it is held elsewhere or let go. */
export function holdClock(instant: Date): void {
  state.heldAt = instant.getTime();
}

/** The clock runs again, `offsetMs` ahead of real time. */
export function runClock(offsetMs = 0): void {
  state.heldAt = null;
  state.offsetMs = offsetMs;
}

/** Runs `act` with the clock held at `instant`, and leaves it as it was. */
export async function clockHeldAt<T>(instant: Date, act: () => Promise<T>): Promise<T> {
  const { heldAt } = state;
  holdClock(instant);
  try {
    return await act();
  } finally {
    state.heldAt = heldAt;
  }
}

/** From now on ids follow from `seed` and the clock alone, in the order in which they are asked for. */
export function seedIds(seed: string): void {
  Object.assign(state, { seed, made: 0 });
}

/** Ids are the product's own again. */
export function releaseIds(): void {
  state.seed = null;
}

if (!kept.trendpot.has("new-id")) {
  kept.trendpot.set("new-id", () => (state.seed === null ? randomUUIDv7() : seededId(state.seed)));
}

/** A UUID of version 7: the clock's milliseconds, a counter that keeps the order within one, then the seed's bits. */
function seededId(seed: string): string {
  state.made += 1;
  const time = nowMs().toString(16).padStart(12, "0");
  const counter = (state.made % 2 ** 24).toString(16).padStart(6, "0");
  const rest = createHash("sha256").update(`${seed}:${state.made}`).digest("hex").slice(0, 12);
  return [time.slice(0, 8), time.slice(8), `7${counter.slice(0, 3)}`, `8${counter.slice(3)}`, rest].join("-");
}
