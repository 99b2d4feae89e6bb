import { setTimeout as wait } from "node:timers/promises";

/** One answer as it came, before anybody read it. */
export interface RawAnswer {
  path: string;
  status: number;
  body: unknown;
}

const SECRET_PARAMETERS = ["client_secret", "code", "code_verifier", "refresh_token"];
const PERSONAL_NAMES = new Set(
  "access_token refresh_token open_id union_id id username display_name embed_product_id author_unique_id author_name".split(
    " ",
  ),
);
const SHORTEST_MASKED = 4;

/**
 * Stands between the product's client and the network: one call at a time at the agreed pace, no more than `maxCalls`,
 * every answer kept as it came, every credential and id remembered for masking.
 */
export class Wire {
  readonly answers: RawAnswer[] = [];
  private readonly hidden = new Set<string>();
  private calls = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private lastStartMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly paceMs: number,
    private readonly maxCalls: number,
  ) {}

  /** From now on every fetch of this process goes through here. */
  install(): void {
    const send = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      const answer = this.turn.then(() => this.passOn(send, input, init));
      this.turn = answer.catch(() => undefined);
      return answer;
    };
  }

  get callCount(): number {
    return this.calls;
  }

  get last(): RawAnswer | undefined {
    return this.answers.at(-1);
  }

  hide(value: string | null | undefined): void {
    if (value && value.length >= SHORTEST_MASKED) this.hidden.add(value);
  }

  mask(text: string): string {
    return [...this.hidden]
      .sort((a, b) => b.length - a.length)
      .reduce((masked, value) => masked.replaceAll(value, "(masked)"), text);
  }

  private async passOn(send: typeof fetch, ...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    if (this.calls >= this.maxCalls) throw new Error(`no more than ${this.maxCalls} calls`);
    this.calls += 1;
    const restMs = this.lastStartMs + this.paceMs - performance.now();
    if (restMs > 0) await wait(restMs);
    this.lastStartMs = performance.now();
    if (init?.body instanceof URLSearchParams) {
      for (const name of SECRET_PARAMETERS) this.hide(init.body.get(name));
    }
    const response = await send(input, init);
    const body = parsed(await response.clone().text());
    this.hideWithin(body);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    this.answers.push({ path: pathname, status: response.status, body });
    return response;
  }

  private hideWithin(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === "string" && PERSONAL_NAMES.has(name)) this.hide(inner);
      else this.hideWithin(inner);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
