import { deskSettings } from "#drizzle/schema";
import type { Viewer } from "~/features/accounts/account";
import { db } from "~/infra/db.server";
import type { DeskSettings } from "./desk-settings";

/** Remembers how the viewer wants their desk. */
export async function keepDeskSettings(settings: DeskSettings, { userId }: Viewer): Promise<void> {
  const { blurCovers, mutePlayers, keys } = settings;
  const wanted = { blurCovers, mutePlayers, keys };
  await db
    .insert(deskSettings)
    .values({ userId, ...wanted })
    .onConflictDoUpdate({ target: deskSettings.userId, set: wanted });
}
