import type { Viewer } from "~/features/accounts/account";
import type { ShownChallenge } from "~/features/challenges/challenge";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { env } from "~/infra/env.server";
import type { ReviewEntry } from "./decision";
import type { DeskPlace } from "./desk-place";
import type { DeskSettings } from "./desk-settings";
import { findDeskSettings } from "./find-desk-settings.server";
import { listDecidedElsewhere } from "./list-decided-elsewhere.server";
import { listMessageTemplates } from "./list-message-templates.server";
import { findReviewEntries, listMatchingEntries, listReviewEntries } from "./list-review-entries.server";
import { listReviewQueue, type QueueRow } from "./list-review-queue.server";
import type { MessageTemplate } from "./message-template";

export interface ShownDesk {
  /** What the browser's stream calls it. */
  challengeId: string;
  challenge: ShownChallenge;
  /** The rail: every challenge of the desk, this one among them. */
  queue: QueueRow[];
  entries: ReviewEntry[];
  nextAfter: string | null;
  /** The entry that the viewer has just decided, wherever it stands now. */
  decided: ReviewEntry | null;
  templates: MessageTemplate[];
  /** What others have decided just now: a desk that still shows one of them says who it was. */
  elsewhere: ReviewEntry[];
  /** Checkbox values of all entries of the tab that match, as many as one press may decide on; null when not asked for. */
  matching: string[] | null;
  settings: DeskSettings;
  viewerId: string;
  playerOrigin: string;
}

/** Everything the desk shows of one challenge, or null when there is no such published challenge. */
export async function showReviewDesk(
  slug: string,
  options: { place: DeskPlace; selectAll: boolean; decided: string | null; at: Date; viewer: Viewer },
): Promise<ShownDesk | null> {
  const challenge = await findChallenge(slug);
  if (!challenge) return null;
  const { place, viewer } = options;
  const [queue, page, decided, matching, settings, templates] = await Promise.all([
    listReviewQueue(options.at),
    listReviewEntries(challenge.id, options),
    findReviewEntries(options.decided === null ? [] : [options.decided], options),
    options.selectAll ? listMatchingEntries(challenge.id, place) : null,
    findDeskSettings(viewer),
    listMessageTemplates(),
  ]);
  // After the page: whatever was gone by then is among them.
  const elsewhere = await listDecidedElsewhere(challenge.id, { tab: place.tab, ...options });
  const shown = showChallenge(challenge, options.at);
  const [just = null] = decided.values();
  return {
    challengeId: challenge.id,
    challenge: shown,
    queue,
    ...page,
    decided: just,
    elsewhere,
    matching,
    settings,
    templates,
    viewerId: viewer.userId,
    playerOrigin: env.TIKTOK_WEB_BASE_URL,
  };
}
