/** A hold: ranking suspended while an entry's numbers are checked (product.md, section 3). It is no decision state. */

/** What a moderator may hold an entry for. */
export const holdReasons = ["SUDDEN_JUMP", "UNLIKELY_MIX", "REPORTED", "OTHER"] as const;
/** RULE: one of the challenge's rules that help asked for it. */
export type HoldReason = (typeof holdReasons)[number] | "RULE";

/** For the moderators and for the creator. */
export const holdReasonLabels: Record<HoldReason, string> = {
  SUDDEN_JUMP: "The numbers rose suddenly",
  UNLIKELY_MIX: "Views, likes and comments do not fit together",
  REPORTED: "Somebody reported the numbers",
  RULE: "Its numbers are checked before it is ranked",
  OTHER: "Another reason",
};

/** What everybody reads beside a held entry. */
export const HELD_WORDS = "Held: numbers are being checked";

/**
 * From when a hold counts outside the desk: one that a rule asked for is made while the entry waits, and begins with the
 * approval's effect. Null while it does not, and when it was released before. `approvedAt`: when an approval first took effect.
 */
export function holdBegins(
  { reasonCode, heldAt, releasedAt }: { reasonCode: HoldReason; heldAt: Date; releasedAt: Date | null },
  approvedAt: Date | undefined,
): Date | null {
  if (reasonCode !== "RULE") return heldAt;
  if (!approvedAt) return null;
  const begins = approvedAt > heldAt ? approvedAt : heldAt;
  return releasedAt && releasedAt < begins ? null : begins;
}
