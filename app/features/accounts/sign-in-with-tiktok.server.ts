import { eq } from "drizzle-orm";
import { tiktokAccounts, users } from "#drizzle/schema";
import { audit } from "~/infra/audit.server";
import { now } from "~/infra/clock.server";
import { db, type Transaction } from "~/infra/db.server";
import { env } from "~/infra/env.server";
import { newId } from "~/infra/ids.server";
import { log } from "~/infra/log.server";
import { plainText } from "~/infra/plain-text";
import { closeSessionsOf } from "~/infra/session.server";
import type { TikTokUser } from "~/infra/tiktok/answers";
import { readUserInfo } from "~/infra/tiktok/display-api.server";
import type { TikTokTokens } from "~/infra/tiktok/oauth.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import type { LinkHealth, Role } from "./account";
import { healthAfterGrant } from "./link-health";
import { preparePair, type SealedPair, storeGrantedPair } from "./store-credential.server";

export type Arrival = { outcome: "signed_in"; userId: string } | { outcome: "another_account" };

/**
 * Takes in a grant: makes or finds the account of its open_id, seals and stores the tokens, reads the profile as far
 * as the granted scopes reach, and gives admins of ADMIN_OPEN_IDS their role, which ends their sessions. Whoever
 * is signed in as another account changes nothing. Opens no session. Throws VaultError when the tokens cannot be sealed;
 * then nothing is stored.
 */
export async function signInWithTikTok(tokens: TikTokTokens, currentUserId: string | null): Promise<Arrival> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const account = (await findAccount(tokens.openId)) ?? newAccount();
    if (currentUserId !== null && currentUserId !== account.userId) return { outcome: "another_account" };
    const pair = (await preparePair(account.id))(tokens);
    const profile = await readProfile(tokens);
    // Two first sign-ins at once: the other one's account stands, and the tokens are sealed anew for it.
    if (await storeArrival(account, tokens, pair, profile)) return { outcome: "signed_in", userId: account.userId };
  }
  throw new Error("an account with this open_id exists but cannot be found");
}

/** A second one is enough: what another sign-in made is there by then. */
const ATTEMPTS = 2;

interface Account {
  id: string;
  userId: string;
  role: Role;
  /** As they are before this sign-in. */
  link: { health: LinkHealth; scopes: readonly string[] };
  isNew: boolean;
}

/** Everything of an arrival at once. False, and nothing stored, when somebody else made this open_id's account meanwhile. */
async function storeArrival(
  account: Account,
  tokens: TikTokTokens,
  pair: SealedPair,
  profile: Partial<ReturnType<typeof profileOf>>,
): Promise<boolean> {
  const at = now();
  const link = {
    health: healthAfterGrant(tokens.grantedScopes, env.TIKTOK_DISPLAY_SCOPES),
    scopes: tokens.grantedScopes,
  };
  return db.transaction(async (tx) => {
    if (account.isNew && !(await makeAccount(tx, account, tokens.openId, at))) return false;
    await storeGrantedPair(tx, account.id, pair);
    await tx
      .update(tiktokAccounts)
      .set({
        ...profile,
        grantedScopes: tokens.grantedScopes,
        linkHealth: link.health,
        revokedReason: null,
        connectedAt: at,
        linkChangedAt: at,
      })
      .where(eq(tiktokAccounts.id, account.id));
    const role: Role = env.ADMIN_OPEN_IDS.includes(tokens.openId) ? "admin" : account.role;
    await tx
      .update(users)
      .set({ ...(role === account.role ? {} : { role }), lastSignedInAt: at })
      .where(eq(users.id, account.userId));
    const actor = { kind: "user", id: account.userId } as const;
    const target = { kind: "user", id: account.userId };
    if (role !== account.role) {
      const sessionsEnded = await closeSessionsOf(tx, account.userId);
      const change = { before: { role: account.role }, after: { role, sessionsEnded }, reason: "ADMIN_OPEN_IDS" };
      await audit(tx, { at, actor: { kind: "system" }, action: "role.changed", target, ...change });
    }
    await audit(tx, { at, actor, action: "sign_in", target, before: account.link, after: link });
    return true;
  });
}

async function findAccount(openId: string): Promise<Account | null> {
  const [known] = await db
    .select({
      id: tiktokAccounts.id,
      userId: tiktokAccounts.userId,
      role: users.role,
      link: { health: tiktokAccounts.linkHealth, scopes: tiktokAccounts.grantedScopes },
    })
    .from(tiktokAccounts)
    .innerJoin(users, eq(users.id, tiktokAccounts.userId))
    .where(eq(tiktokAccounts.openId, openId));
  return known ? { ...known, isNew: false } : null;
}

function newAccount(): Account {
  return { id: newId(), userId: newId(), role: "creator", link: { health: "disconnected", scopes: [] }, isNew: true };
}

/** False when this open_id has an account by now; the empty user goes again. */
async function makeAccount(tx: Transaction, { id, userId }: Account, openId: string, at: Date): Promise<boolean> {
  await tx.insert(users).values({ id: userId, createdAt: at, lastSignedInAt: at });
  const made = await tx
    .insert(tiktokAccounts)
    .values({
      id,
      userId,
      openId,
      displayName: UNNAMED,
      grantedScopes: [],
      linkHealth: "disconnected",
      connectedAt: at,
      linkChangedAt: at,
    })
    .onConflictDoNothing({ target: tiktokAccounts.openId })
    .returning({ id: tiktokAccounts.id });
  if (made.length === 0) await tx.delete(users).where(eq(users.id, userId));
  return made.length === 1;
}

const UNNAMED = "TikTok creator";

/** The profile fields to store. A profile that TikTok does not give keeps what we have: it must not stop a sign-in. */
async function readProfile(tokens: TikTokTokens): Promise<Partial<ReturnType<typeof profileOf>>> {
  try {
    return profileOf(await readUserInfo(tokens.accessToken, tokens.grantedScopes));
  } catch (error) {
    if (!(error instanceof TikTokError)) throw error;
    log.warn({ code: error.code, logId: error.details.logId }, "profile not read at sign-in");
    return {};
  }
}

function profileOf(user: TikTokUser) {
  return {
    unionId: user.union_id,
    displayName: plainText(user.display_name ?? "", 100).trim() || UNNAMED,
    avatarUrl: httpsOrLoopback(user.avatar_large_url ?? user.avatar_url),
    username: user.username === null ? null : plainText(user.username, 100),
    bioDescription: user.bio_description === null ? null : plainText(user.bio_description, 500),
    profileUrl: httpsOrLoopback(user.profile_deep_link),
    isVerified: user.is_verified,
  };
}

/** A URL that may stand in a page: https, or the configured TikTok web origin. */
function httpsOrLoopback(url: string | null): string | null {
  if (!url || url.length > 2000 || !URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  return protocol === "https:" || origin === env.TIKTOK_WEB_BASE_URL ? url : null;
}
