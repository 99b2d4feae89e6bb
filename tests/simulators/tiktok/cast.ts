import { demoCreators } from "./cast-demo";
import { hostileCreator } from "./cast-hostile";
import type { CastMember } from "./cast-member";
import { sizedCreators } from "./cast-sized";

export type { CastMember };

/** People of the house: they sign in like everybody, and post nothing. */
function staff(openId: string, displayName: string, bio: string): CastMember {
  const username = openId.replace("staff-", "trendpot.");
  return { openId, displayName, username, bio, kind: "staff", videoCount: 0, makeVideos: () => [] };
}

/** Everybody, always the same for the same start: creators with believable posts, staff, and accounts for tests. */
export function defaultCast(): CastMember[] {
  return [
    ...demoCreators(),
    staff("staff-mara", "Mara Lindqvist", "Moderator"),
    staff("staff-theo", "Theo Okonkwo", "Moderator"),
    staff("staff-ada", "Ada Ferreira", "Admin"),
    ...sizedCreators(),
    hostileCreator(),
  ];
}
