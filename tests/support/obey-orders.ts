import { holdClock, releaseIds, runClock, seedIds } from "./product-seams.ts";

/** Preloaded into a process of the product (`--import`): the parent moves its clock and ids over their channel. */

export interface SeamsOrder {
  /** Told back when it is done. */
  id: number;
  clock?: { heldAt: number } | { offsetMs: number };
  /** Null: the product's own ids again. */
  seed?: string | null;
}

process.on("message", ({ id, clock, seed }: SeamsOrder) => {
  if (clock && "heldAt" in clock) holdClock(new Date(clock.heldAt));
  else if (clock) runClock(clock.offsetMs);
  if (seed === null) releaseIds();
  else if (seed !== undefined) seedIds(seed);
  process.send?.({ done: id });
});
// The channel alone keeps no process alive.
process.channel?.unref();
