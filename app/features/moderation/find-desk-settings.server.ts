import { eq } from "drizzle-orm";
import { deskSettings } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import { type DeskSettings, usualSettings } from "./desk-settings";

/** How the viewer wants their desk: the usual way until they have said otherwise. */
export async function findDeskSettings({ userId }: Viewer): Promise<DeskSettings> {
  const { blurCovers, mutePlayers, keys } = deskSettings;
  const [kept] = await db
    .select({ blurCovers, mutePlayers, keys })
    .from(deskSettings)
    .where(eq(deskSettings.userId, userId));
  return kept ?? usualSettings;
}
