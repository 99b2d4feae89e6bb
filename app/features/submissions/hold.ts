/** A hold: ranking suspended while an entry's numbers are checked (product.md, section 3). It is no decision state. */

export const holdReasons = ["SUDDEN_JUMP", "UNLIKELY_MIX", "REPORTED", "OTHER"] as const;
export type HoldReason = (typeof holdReasons)[number];

/** For the moderators and for the creator. */
export const holdReasonLabels: Record<HoldReason, string> = {
  SUDDEN_JUMP: "The numbers rose suddenly",
  UNLIKELY_MIX: "Views, likes and comments do not fit together",
  REPORTED: "Somebody reported the numbers",
  OTHER: "Another reason",
};

/** What everybody reads beside a held entry. */
export const HELD_WORDS = "Held: numbers are being checked";
