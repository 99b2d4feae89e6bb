import type { DomainErrorCode } from "~/features/domain-error";
import { scopeFor } from "~/infra/tiktok/scopes";
import type { LinkHealth } from "./account";

/** The scopes that the work needs and this grant lacks; what else was unticked harms nothing. */
export function missingScopes(granted: readonly string[], bundle: readonly string[]): string[] {
  const needed = new Set([scopeFor("list", bundle), scopeFor("lookup", bundle)]);
  return [...needed].filter((scope) => !granted.includes(scope));
}

/** How a link stands right after a grant. */
export function healthAfterGrant(granted: readonly string[], bundle: readonly string[]): LinkHealth {
  return missingScopes(granted, bundle).length === 0 ? "healthy" : "scope_missing";
}

/** What somebody is told who needs a link that has ended; null while it has not. */
export function endOfLink(health: LinkHealth): DomainErrorCode | null {
  switch (health) {
    case "expired":
      return "TIKTOK_EXPIRED";
    case "revoked":
      return "TIKTOK_REVOKED";
    case "disconnected":
      return "TIKTOK_DISCONNECTED";
    case "healthy":
    case "scope_missing":
      return null;
  }
}
