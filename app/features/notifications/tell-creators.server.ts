import { now } from "~/infra/clock.server";
import { db } from "~/infra/db.server";
import type { JobQueue } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { tellOfAbsences } from "./tell-of-absences.server";
import { tellOfDecisions } from "./tell-of-decisions.server";
import { tellOfDismissals } from "./tell-of-dismissals.server";

/** Told in one transaction. */
const BATCH = 100;

/** Sent with a moderator's decision for when its window is over, and every minute for whatever there is. */
export const tellQueue: JobQueue<object> = {
  name: "tell-creators",
  schedule: "* * * * *",
  concurrency: 1,
  retryLimit: 2,
  expireInSeconds: 120,
  onePerKey: false,
  handle: ({ signal }) => tellCreators(signal),
  onDead: async () => log.error("creators could not be told of what happened; the next minute tries again"),
  // The next minute tells whatever is due anyway.
  revive: () => Promise.resolve(),
};

/** Everything that a creator is told of; each says once what is due, however many ask it and wherever one is killed. */
const tellers = [tellOfDecisions, tellOfDismissals, tellOfAbsences];

/** Tells creators of every decision and dismissal whose window is over, and of entries whose video is not public any more. */
export async function tellCreators(stop?: AbortSignal): Promise<void> {
  for (const tell of tellers) {
    while (!stop?.aborted) {
      const done = await db.transaction((tx) => tell(tx, now(), BATCH));
      if (done < BATCH) break;
    }
  }
}
