import { createHash, randomBytes } from "node:crypto";
import type { TokenCounts, TokenPair } from "./control-answers";

/** Codes and tokens that were given out, in memory only. They leave this file in answers, never in the ledger. */

/** TikTok: a code lives for a short while; ten minutes is OAuth's upper bound. */
const CODE_TTL_MS = 10 * 60_000;

export interface CodeGrant {
  openId: string;
  clientKey: string;
  redirectUri: string;
  scopes: string[];
  codeChallenge: string | null;
  expiresMs: number;
  used: boolean;
}

interface Session {
  openId: string;
  clientKey: string;
  scopes: string[];
  expiresMs: number;
}

export interface LiveTokens {
  access: number;
  refresh: number;
}

export interface Lifetimes {
  accessTtlSeconds: number;
  refreshTtlSeconds: number;
}

export class TokenStore {
  private codes = new Map<string, CodeGrant>();
  private access = new Map<string, Session>();
  private refresh = new Map<string, Session>();
  private issued = new Map<string, { codes: number; pairs: number; refreshes: number }>();

  /** Another store that knows what this one knows now. */
  copy(): TokenStore {
    const { codes, access, refresh, issued } = this;
    return Object.assign(new TokenStore(), structuredClone({ codes, access, refresh, issued }));
  }

  /** Recorded codes hold `*` and `!`: whoever decodes them twice, or not at all, is found out. */
  issueCode(grant: Omit<CodeGrant, "expiresMs" | "used">, nowMs: number): string {
    const code = `${randomBytes(36).toString("base64url")}%2B*1!4608.va`;
    this.codes.set(code, { ...grant, expiresMs: nowMs + CODE_TTL_MS, used: false });
    this.tally(grant.openId).codes += 1;
    return code;
  }

  findCode(code: string): CodeGrant | undefined {
    return this.codes.get(code);
  }

  /** The grant of a code that is good now; it is used up by this. Undefined: unknown, used or too old. */
  takeCode(code: string, nowMs: number): CodeGrant | undefined {
    const grant = this.codes.get(code);
    if (!grant || grant.used || grant.expiresMs <= nowMs) return undefined;
    grant.used = true;
    return grant;
  }

  issuePair(grant: Omit<Session, "expiresMs">, lifetimes: Lifetimes, nowMs: number): TokenPair {
    this.tally(grant.openId).pairs += 1;
    return this.mint(grant, lifetimes, nowMs, undefined);
  }

  /** With `rotate` the old refresh token is dead from here on; without, the same one comes back. */
  refreshPair(refreshToken: string, lifetimes: Lifetimes, rotate: boolean, nowMs: number): TokenPair | undefined {
    const session = this.refresh.get(refreshToken);
    if (!session || session.expiresMs <= nowMs) return undefined;
    if (rotate) this.refresh.delete(refreshToken);
    this.tally(session.openId).refreshes += 1;
    return this.mint(session, lifetimes, nowMs, rotate ? undefined : refreshToken);
  }

  findRefresh(refreshToken: string): Session | undefined {
    return this.refresh.get(refreshToken);
  }

  /** Who a token speaks for, expired or not. */
  findAccess(accessToken: string): Session | undefined {
    return this.access.get(accessToken);
  }

  expireAccess(openId: string): void {
    for (const session of this.access.values()) if (session.openId === openId) session.expiresMs = 0;
  }

  killRefresh(openId: string): void {
    for (const [token, session] of this.refresh) if (session.openId === openId) this.refresh.delete(token);
  }

  /** The person is gone for this app: every token of theirs is dead at once. */
  remove(openId: string): void {
    for (const [token, session] of this.access) if (session.openId === openId) this.access.delete(token);
    this.killRefresh(openId);
  }

  /** Live tokens of everybody who has any, in one go. */
  liveTokens(nowMs: number): ReadonlyMap<string, LiveTokens> {
    const live = new Map<string, LiveTokens>();
    const count = (sessions: Map<string, Session>, kind: keyof LiveTokens) => {
      for (const { openId, expiresMs } of sessions.values()) {
        if (expiresMs <= nowMs) continue;
        const tokens = live.get(openId) ?? { access: 0, refresh: 0 };
        tokens[kind] += 1;
        live.set(openId, tokens);
      }
    };
    count(this.access, "access");
    count(this.refresh, "refresh");
    return live;
  }

  counts(openId: string | undefined, nowMs: number): TokenCounts {
    const mine = (session: { openId: string }) => openId === undefined || session.openId === openId;
    const live = (sessions: Map<string, Session>) =>
      [...sessions.values()].filter((session) => mine(session) && session.expiresMs > nowMs).length;
    const tallies = [...this.issued].filter(([owner]) => mine({ openId: owner })).map(([, tally]) => tally);
    return {
      codesIssued: tallies.reduce((sum, { codes }) => sum + codes, 0),
      pairsIssued: tallies.reduce((sum, { pairs }) => sum + pairs, 0),
      refreshes: tallies.reduce((sum, { refreshes }) => sum + refreshes, 0),
      liveAccessTokens: live(this.access),
      liveRefreshTokens: live(this.refresh),
    };
  }

  private mint(grant: Omit<Session, "expiresMs">, ttl: Lifetimes, nowMs: number, keep: string | undefined): TokenPair {
    const { openId, clientKey, scopes } = grant;
    const accessToken = `act.${randomBytes(54).toString("base64url")}!6125.e1`;
    const refreshToken = keep ?? `rft.${randomBytes(54).toString("base64url")}!6085.e1`;
    this.access.set(accessToken, { openId, clientKey, scopes, expiresMs: nowMs + ttl.accessTtlSeconds * 1000 });
    this.refresh.set(refreshToken, { openId, clientKey, scopes, expiresMs: nowMs + ttl.refreshTtlSeconds * 1000 });
    return { accessToken, refreshToken, openId, scopes, ...ttl };
  }

  private tally(openId: string): { codes: number; pairs: number; refreshes: number } {
    const tally = this.issued.get(openId) ?? { codes: 0, pairs: 0, refreshes: 0 };
    this.issued.set(openId, tally);
    return tally;
  }
}

/** TikTok: the challenge is the lower-case hex SHA-256 of the verifier, though it is called S256. */
export function matchesChallenge(codeVerifier: string, codeChallenge: string): boolean {
  return createHash("sha256").update(codeVerifier).digest("hex") === codeChallenge;
}
