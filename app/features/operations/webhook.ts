import { z } from "zod";

/** TikTok's events, as they come and as they are kept. */

export const webhookSchema = z.object({
  client_key: z.string().max(200),
  event: z.string().min(1).max(200),
  /** UTC seconds. */
  create_time: z.number().int().nonnegative().max(253_402_300_799),
  user_openid: z.string().min(1).max(200).optional(),
  /** JSON in a string. */
  content: z.string().default(""),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** What became of an event. `unknown_event` and `unreadable` are kept for whoever looks, and have no effect. */
export type WebhookOutcome = "applied" | "newer_link" | "no_link" | "unknown_account" | "unknown_event" | "unreadable";

const removalSchema = z.object({ reason: z.number().int().min(0).max(5) });

/** TikTok: 0 unknown, 1 by the person, 2 account deleted, 3 age changed, 4 banned, 5 by us. Anything else is unknown. */
export function removalReason(content: string): number {
  try {
    const removal = removalSchema.safeParse(JSON.parse(content));
    return removal.success ? removal.data.reason : 0;
  } catch {
    return 0;
  }
}
