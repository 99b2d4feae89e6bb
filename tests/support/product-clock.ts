/**
 * Another product clock, for history that is seeded and deadlines that are tested: the product asks for its clock by
 * the name "clock" once, when it starts, so this module has to be loaded first (`--import`, or a dynamic import).
 * Times are real time plus an offset; `at` holds it still.
 */
const kept = globalThis as typeof globalThis & { trendpot?: Map<string, unknown> };
kept.trendpot ??= new Map();

interface ClockState {
  offsetMs: number;
  heldAt: number | null;
}

const STATE = "test-clock";
const state: ClockState = (kept.trendpot.get(STATE) as ClockState | undefined) ?? { offsetMs: 0, heldAt: null };
kept.trendpot.set(STATE, state);
if (!kept.trendpot.has("clock")) {
  kept.trendpot.set("clock", () => new Date(state.heldAt ?? Date.now() + state.offsetMs));
}

/** The clock stands still at `instant` until it is held elsewhere or let go. */
export function holdClock(instant: Date): void {
  state.heldAt = instant.getTime();
}

/** The clock runs again, `offsetMs` ahead of real time. */
export function runClock(offsetMs = 0): void {
  state.heldAt = null;
  state.offsetMs = offsetMs;
}
