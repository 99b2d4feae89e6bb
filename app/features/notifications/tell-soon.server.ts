import { UNDO_WINDOW_MS } from "~/features/moderation/decision";
import { db } from "~/infra/db.server";
import { offerJob } from "~/infra/jobs.server";
import { log } from "~/infra/log.server";
import { tellQueue } from "./tell-creators.server";

/** The queue's clock is the database's: by then the window is over on this process's clock too. */
const SECONDS = UNDO_WINDOW_MS / 1_000 + 1;

/**
 * Has the creator of what was decided just now told once its window is over, rather than with the next minute. Never throws:
 * the minute does it anyway.
 */
export async function tellSoon(): Promise<void> {
  try {
    await offerJob(db, tellQueue, {}, { inSeconds: SECONDS });
  } catch (error) {
    log.warn({ err: error }, "a creator is told a little later");
  }
}
