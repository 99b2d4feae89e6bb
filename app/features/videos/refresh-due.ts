/**
 * When a video's numbers, cover and availability are asked for again. All times are ms.
 */

/** A cover is renewed this long before its signature runs out. */
const COVER_AHEAD_MS = 30 * 60_000;
/** TikTok may sign covers for less than COVER_AHEAD_MS: even then a video is not asked for more often than this. */
const COVER_REST_MS = 5 * 60_000;

/** What is due at `at`: videos that were last asked about at these times or before. */
export interface DueTimes {
  /** Live entries of open challenges. */
  entered: Date;
  /** Every other video. */
  corpus: Date;
  /** Whose cover ends before `coverEnds`. */
  coverRested: Date;
  coverEnds: Date;
  /** Missing since, and unconfirmed. */
  unconfirmed: Date;
}

export function dueTimes(at: Date, every: { enteredMs: number; corpusMs: number; confirmAbsenceMs: number }): DueTimes {
  const before = (ms: number) => new Date(at.getTime() - ms);
  return {
    entered: before(every.enteredMs),
    corpus: before(every.corpusMs),
    coverRested: before(COVER_REST_MS),
    coverEnds: new Date(at.getTime() + COVER_AHEAD_MS),
    unconfirmed: before(every.confirmAbsenceMs),
  };
}
