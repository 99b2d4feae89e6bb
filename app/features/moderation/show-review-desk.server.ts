import type { Viewer } from "~/features/accounts/account";
import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { env } from "~/infra/env.server";
import type { DeskTab, ReviewEntry } from "./decision";
import { listMessageTemplates } from "./list-message-templates.server";
import { findReviewEntries, listReviewEntries } from "./list-review-entries.server";
import { listReviewQueue, type QueueRow } from "./list-review-queue.server";
import type { MessageTemplate } from "./message-template";

export interface ShownDesk {
  challenge: ShownChallenge;
  /** The rail: every challenge of the desk, this one among them. */
  queue: QueueRow[];
  entries: ReviewEntry[];
  nextAfter: string | null;
  /** The entry that the viewer has just decided, wherever it stands now. */
  decided: ReviewEntry | null;
  templates: MessageTemplate[];
  playerOrigin: string;
}

/** Everything the desk shows of one challenge, or null when there is no such published challenge. */
export async function showReviewDesk(
  slug: string,
  options: { tab: DeskTab; after: string | null; decided: string | null; at: Date; viewer: Viewer },
): Promise<ShownDesk | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const [queue, page, decided, templates] = await Promise.all([
    listReviewQueue(options.at),
    listReviewEntries(challenge.id, options),
    findReviewEntries(options.decided === null ? [] : [options.decided], options),
    listMessageTemplates(),
  ]);
  const shown = showChallenge(challenge, options.at);
  const [just = null] = decided.values();
  return { challenge: shown, queue, ...page, decided: just, templates, playerOrigin: env.TIKTOK_WEB_BASE_URL };
}
