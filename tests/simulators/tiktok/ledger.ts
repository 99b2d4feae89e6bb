import type { LedgerEntry } from "./control-answers";
import type { Endpoint } from "./control-protocol";

/** What a handler may tell about a request: never a token, code, secret, state or cookie. */
export type LedgerNotes = Pick<
  LedgerEntry,
  "clientKey" | "openId" | "grantType" | "scopes" | "fields" | "cursor" | "maxCount" | "videoIds"
>;

/** Every request to the TikTok surface, in the order in which it was answered. */
export class Ledger {
  private entries: LedgerEntry[] = [];
  private nextSeq = 1;

  /** Another ledger that goes on from here. */
  copy(): Ledger {
    return Object.assign(new Ledger(), { entries: [...this.entries], nextSeq: this.nextSeq });
  }

  add(entry: Omit<LedgerEntry, "seq">): void {
    this.entries.push({ seq: this.nextSeq, ...entry });
    this.nextSeq += 1;
  }

  list(filter: { endpoint?: Endpoint; openId?: string; sinceSeq?: number }): LedgerEntry[] {
    return this.entries.filter(
      (entry) =>
        (filter.endpoint === undefined || entry.endpoint === filter.endpoint) &&
        (filter.openId === undefined || entry.openId === filter.openId) &&
        (filter.sinceSeq === undefined || entry.seq > filter.sinceSeq),
    );
  }

  /** Sequence numbers go on, so that a `sinceSeq` from before stays right. */
  clear(): void {
    this.entries = [];
  }
}
