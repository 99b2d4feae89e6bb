/** An approved entry whose video look-ups do not return any more. */

/** How long its creator has, from when they are told, to make it public again. */
const ABSENCE_GRACE_MS = 72 * 3_600_000;

/** Until when a video has to be public again whose creator is told at `toldAt`. */
export function absenceDeadline(toldAt: Date): Date {
  return new Date(toldAt.getTime() + ABSENCE_GRACE_MS);
}
