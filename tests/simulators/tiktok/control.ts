/**
 * The control API of the simulator, as code calls it. `POST /__control/<command>` with a JSON body does one thing to the
 * simulated world and answers JSON; the commands and their bodies are in control-protocol.ts, their answers in
 * control-answers.ts, and there is a method for each of them here:
 *
 * - accounts and videos: add, rename, list, change (private, deleted, counts, answer fields that are wrong or missing)
 * - tokens: a pair without a sign-in, expire, kill, take access away with or without the webhook, count
 * - faults: by endpoint, account and number of requests; each says how often it fired
 * - settings: contract, app state, rotation, lifetimes, rate limit, latency, OAuth error status, clock
 * - webhooks: signed events to the app, or wrongly signed, repeated, late
 * - letters: what the app sent by e-mail, where a mail catcher runs beside
 * - the ledger: every request that reached the TikTok surface, without credentials; not those to the control API
 * - the world: kept under a name and brought back; reset: everything back to the start
 *
 * An order that is malformed or cannot be carried out is answered with status 400 and `{ error }` in words. `state`,
 * `ledger/get` and `tokens/counts` answer GET too, without a filter. A request that names another origin in `Origin`, or
 * another host in `Host`, is refused with 403: no page of another site can drive the simulator through a browser.
 *
 * `GET /__control/` is the same for a person: a page with forms for all of it (panel/).
 */
import { setTimeout as wait } from "node:timers/promises";
import type {
  AccountState,
  CommandAnswers,
  LedgerEntry,
  TokenCounts,
  TokenPair,
  VideoState,
  WebhookDelivery,
} from "./control-answers";
import type { CommandInput, CommandName, FaultSpec, FaultState, Settings, VideoSpec } from "./control-protocol";

const POLL_MS = 25;

/** Arranges and questions a running simulator over HTTP, from any process. A refused order throws with the reason. */
export class TikTokControl {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Cast, settings, contract, faults with how often each fired. */
  state(): Promise<CommandAnswers["state"]> {
    return this.order("state", {});
  }

  /** Back to the start: cast, settings, faults, ledger, tokens, rate window. `startMs`: TikTok's clock, else this machine's. */
  async reset(startMs?: number): Promise<void> {
    await this.order("reset", { startMs });
  }

  /** Remembers the whole world as it is now; `bringBack` may be called any number of times. */
  async keep(name: string): Promise<void> {
    await this.order("world/keep", { name });
  }

  async bringBack(name: string): Promise<void> {
    await this.order("world/bring-back", { name });
  }

  /** Changes the named settings; gives all of them. */
  settings(change: Partial<Settings>): Promise<Settings> {
    return this.order("settings", change);
  }

  addAccount(account: CommandInput<"accounts/add">): Promise<AccountState> {
    return this.order("accounts/add", account);
  }

  changeAccount(openId: string, change: { displayName?: string; username?: string }): Promise<AccountState> {
    return this.order("accounts/change", { openId, ...change });
  }

  /** All posts of an account, private and deleted ones too, newest first, with their short links. */
  videos(openId: string): Promise<VideoState[]> {
    return this.order("videos/list", { openId });
  }

  addVideo(openId: string, video: VideoSpec = {}): Promise<VideoState> {
    return this.order("videos/add", { openId, video });
  }

  changeVideo(openId: string, id: string, change: CommandInput<"videos/change">["change"]): Promise<VideoState> {
    return this.order("videos/change", { openId, id, change });
  }

  /** A token pair without a sign-in, for seeding. In the ledger as `token` with grantType `control`. */
  grant(openId: string, scopes: readonly string[]): Promise<TokenPair> {
    return this.order("tokens/grant", { openId, scopes: [...scopes] });
  }

  expireAccessTokens(openId: string): Promise<TokenCounts> {
    return this.order("tokens/expire", { openId });
  }

  killRefreshTokens(openId: string): Promise<TokenCounts> {
    return this.order("tokens/kill-refresh", { openId });
  }

  /** The person takes access away: every token is dead, and the app is told if `webhook`. */
  async removeAuthorization(
    openId: string,
    options: { reason?: number; webhook?: boolean } = {},
  ): Promise<WebhookDelivery[]> {
    return (await this.order("tokens/remove", { openId, ...options })).deliveries;
  }

  /** How many were issued and live; never the tokens. */
  tokenCounts(openId?: string): Promise<TokenCounts> {
    return this.order("tokens/counts", { openId });
  }

  addFault(fault: FaultSpec): Promise<FaultState> {
    return this.order("faults/add", fault);
  }

  /** False when there was none of that id. */
  async removeFault(id: string): Promise<boolean> {
    return (await this.order("faults/remove", { id })).removed;
  }

  async clearFaults(): Promise<void> {
    await this.order("faults/clear", {});
  }

  /** How often a fault fired; throws when it is not set. */
  async fired(id: string): Promise<number> {
    const fault = (await this.state()).faults.find((other) => other.id === id);
    if (!fault) throw new Error(`The simulator has no fault ${id}`);
    return fault.fired;
  }

  ledger(filter: CommandInput<"ledger/get"> = {}): Promise<LedgerEntry[]> {
    return this.order("ledger/get", filter);
  }

  async clearLedger(): Promise<void> {
    await this.order("ledger/clear", {});
  }

  /** The ledger as soon as it satisfies `predicate`; throws after `timeoutMs` with the last lines. */
  async awaitLedger(
    predicate: (entries: LedgerEntry[]) => boolean,
    timeoutMs = 10_000,
    filter: CommandInput<"ledger/get"> = {},
  ): Promise<LedgerEntry[]> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const entries = await this.ledger(filter);
      if (predicate(entries)) return entries;
      if (Date.now() >= deadline) {
        const tail = entries.slice(-5).map(({ seq, endpoint, openId, code }) => `${seq} ${endpoint} ${openId} ${code}`);
        throw new Error(
          `The ledger did not get there in ${timeoutMs} ms; ${entries.length} entries:\n${tail.join("\n")}`,
        );
      }
      await wait(POLL_MS);
    }
  }

  /** Posts a signed event to the app; see the protocol for everything that can be made wrong about it. */
  async sendWebhook(order: CommandInput<"webhooks/send">): Promise<WebhookDelivery[]> {
    return (await this.order("webhooks/send", order)).deliveries;
  }

  private async order<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandAnswers[N]> {
    const response = await fetch(`${this.origin}/__control/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`Simulator refused ${name}: ${JSON.stringify(body)}`);
    return body as CommandAnswers[N];
  }
}
