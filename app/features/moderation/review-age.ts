/** How long an entry may still wait, by its challenge's review deadline. */

type ReviewAge = "on_time" | "due_soon" | "overdue";

export interface ReviewDue {
  /** ISO. */
  at: string;
  age: ReviewAge;
  /** Until then; less than nothing once it is over. */
  leftMs: number;
}

const HOUR_MS = 3600_000;

/** The last quarter of the time is soon; at the deadline itself an entry is overdue. */
export function dueOf(waitsSince: Date, targetHours: number, at: Date): ReviewDue {
  const due = waitsSince.getTime() + targetHours * HOUR_MS;
  const leftMs = due - at.getTime();
  const age = leftMs <= 0 ? "overdue" : leftMs <= (targetHours * HOUR_MS) / 4 ? "due_soon" : "on_time";
  return { at: new Date(due).toISOString(), age, leftMs };
}
