import type { Viewer } from "~/features/accounts/account";
import { env } from "~/infra/env.server";
import type { AppealCase, JudgedAppeal } from "./appeal-judgement";
import { findJudgedAppeal } from "./find-judged-appeal.server";
import { listAppeals } from "./list-appeals.server";

export interface ShownAppeals {
  appeals: AppealCase[];
  nextAfter: string | null;
  /** What the viewer has just decided, while they can take it back. */
  judged: JudgedAppeal | null;
  playerOrigin: string;
}

/** Everything that the page of open appeals shows. `decided`: the entry whose appeal the viewer has just decided. */
export async function showAppeals(options: {
  at: Date;
  after: string | null;
  decided: string | null;
  viewer: Viewer;
}): Promise<ShownAppeals> {
  const [page, judged] = await Promise.all([
    listAppeals(options),
    options.decided === null ? null : findJudgedAppeal(options.decided, options),
  ]);
  return { ...page, judged, playerOrigin: env.TIKTOK_WEB_BASE_URL };
}
