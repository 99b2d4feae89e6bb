import { SESSION_DAYS, SESSION_IDLE_DAYS } from "~/infra/session-age";

/** How long things are kept that name a person or a browser: one place for what the code does and the Privacy page says. */
export const retention = {
  sessionDays: SESSION_DAYS,
  sessionIdleDays: SESSION_IDLE_DAYS,
  signInMinutes: 10,
  /** Tokens of a link that was ended here, while TikTok does not answer. */
  revocationDays: 3,
  webhookDays: 30,
  /** What tells a visitor who reported an entry from another. */
  reporterHours: 24,
  /** Reports, from when a moderator has dismissed them. */
  reportDays: 90,
  /** An e-mail address that nobody confirms. */
  confirmHours: 24,
  /** That a letter was sent, or why it was not. */
  letterDays: 30,
  /** Of the audit log; the database refuses to remove younger lines (migration 0013_audit). */
  auditDays: 400,
  /** What is over is removed this often. */
  removalMinutes: 10,
} as const;
