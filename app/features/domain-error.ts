/**
 * The named refusals of the product. Features throw them; they carry no Response. Doors answer with the status and
 * the words of this one table; nobody is shown `error.message`.
 */
const table = {
  CHALLENGE_NOT_OPEN: [409, "This challenge is not open yet. Come back when it opens."],
  CHALLENGE_CLOSED: [409, "This challenge is closed, so it takes no more entries. Nothing was entered."],
  CHALLENGE_PAUSED: [409, "This challenge is paused. Your choice is kept; try again when it goes on."],
  RULES_NOT_ACCEPTED: [409, "The rules have a newer version. Read and accept it, then enter your video."],
  ENTRY_LIMIT: [409, "You have used all your entries in this challenge. Withdraw one to enter another."],
  DUPLICATE_SUBMISSION: [409, "This video is already entered in this challenge."],
  NOT_ELIGIBLE: [422, "This video does not meet a rule of this challenge. The rule is marked on its card."],
  VIDEO_NOT_OWNED: [403, "This video belongs to another TikTok account, so you cannot enter it."],
  VIDEO_UNAVAILABLE: [
    404,
    "This video is not among your public videos. It may be private, deleted or another account's.",
  ],
  VIDEO_REFERENCE_INVALID: [422, "That is not a TikTok URL or video ID. Paste the link of one of your videos."],
  TIKTOK_EXPIRED: [409, "Your TikTok link has expired. Your videos and entries are safe. Reconnect to go on."],
  TIKTOK_REVOKED: [
    409,
    "TrendPot no longer has access to your TikTok account. Your entries are safe. Reconnect to go on.",
  ],
  TIKTOK_DISCONNECTED: [409, "Your TikTok account is not connected. Your entries are safe. Reconnect to go on."],
  TIKTOK_SCOPE_MISSING: [
    409,
    "TikTok did not give us access to your videos. Reconnect and leave the video boxes ticked.",
  ],
  TIKTOK_RATE_LIMITED: [503, "TikTok asks us to slow down. Your choice is kept; try again in a minute."],
  TIKTOK_DOWN: [503, "TikTok does not answer right now. Nothing was lost; try again in a few minutes."],
  CHANGE_TOO_LATE: [409, "This challenge is closed, so nobody could make a change in time. Approve or reject instead."],
  CONFLICT: [409, "Somebody else decided on this entry first. This is how it stands now."],
  CLAIMED: [409, "Somebody else is looking at this entry. Take it over to decide on it yourself."],
  OWN_ENTRY: [403, "You cannot decide on your own entry. Another moderator will."],
  SECOND_MODERATOR: [403, "You flagged this entry for a second look, so another moderator decides."],
  REASON_REQUIRED: [422, "Say why, so that the creator knows."],
  PLACEHOLDER_LEFT: [422, "A placeholder is left in the message. Fill it in or take it out. Nothing was decided."],
  NAME_TAKEN: [409, "There is one with this name already. Choose another name."],
  GONE: [409, "Somebody has deleted it in the meantime."],
  OWN_DECISION: [403, "You made this decision, so another moderator looks at it again."],
  APPEAL_EXISTS: [409, "You have appealed already. There is one appeal for an entry."],
  APPEAL_WINDOW: [409, "The seven days for an appeal are over, so this decision stands."],
  UNDO_TOO_LATE: [409, "The ten seconds are over, so this decision stands."],
  FROZEN: [409, "The standings of this challenge are frozen, so nothing in it changes any more."],
  ENTRIES_UNDECIDED: [
    409,
    "Some entries can still change, so the standings cannot be frozen yet. They are counted below.",
  ],
  FORBIDDEN: [403, "You may not do this with your account."],
  OWN_ROLE: [403, "Nobody changes their own role. Another admin can change yours."],
  KEYS_UNAVAILABLE: [503, "The key service does not answer right now. Nothing was lost; try again in a few minutes."],
  RATE_LIMITED: [429, "That was a lot at once. Wait a little, then try again."],
  DATE_PASSED: [422, "It has to close later than now. “Close now” in the list of challenges closes it at once."],
  RULE_NOT_TRIED: [409, "Try this version on earlier entries first. Then you can enable it."],
  TRIAL_TOO_LONG: [503, "Trying it took too long, so it was stopped. Nothing changed; try again when less goes on."],
  TOO_MANY_RULES: [409, "A challenge has twenty rules at most. Put one away first."],
  SLUG_TAKEN: [409, "Another challenge has this address. Choose another one."],
} as const satisfies Record<string, readonly [status: number, words: string]>;

export type DomainErrorCode = keyof typeof table;

export class DomainError extends Error {
  override readonly name = "DomainError";
  constructor(
    readonly code: DomainErrorCode,
    /** What a page needs to explain it (never a secret, never somebody else's data). */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
  }
  get status(): number {
    return table[this.code][0];
  }
  get words(): string {
    return table[this.code][1];
  }
}
