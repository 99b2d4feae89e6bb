/** Who a person is here, and how their link to TikTok stands. */

export const roles = ["creator", "moderator", "admin"] as const;
export type Role = (typeof roles)[number];

export type LinkHealth = "healthy" | "expired" | "scope_missing" | "revoked" | "disconnected";

/** The signed-in person as pages and guards see them. */
export interface Viewer {
  userId: string;
  accountId: string;
  role: Role;
  displayName: string;
  avatarUrl: string | null;
}
