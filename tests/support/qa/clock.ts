import type { BrowserContext } from "playwright/test";
import type { SeamsOrder } from "../obey-orders";
import { holdClock, runClock } from "../product-seams";
import type { Stack } from "./stack";

/**
 * One time for everybody: the product's processes, TikTok's simulator, the test's own process and its browsers. Leases,
 * the limiter and the job queue go by the database's clock, as in production.
 */
export class QaClock {
  private readonly browsers = new Set<BrowserContext>();
  private offsetMs: number | null = null;
  private readonly stack: Pick<Stack, "order" | "tiktok">;

  constructor(stack: Pick<Stack, "order" | "tiktok">) {
    this.stack = stack;
  }

  /** What the product takes for now. */
  now(): Date {
    return new Date(Date.now() + (this.offsetMs ?? 0));
  }

  /** Stands still at `instant`, for a world that is made the same to the millisecond. TikTok's goes on. */
  async hold(instant: Date): Promise<void> {
    holdClock(instant);
    await this.orderProduct({ heldAt: instant.getTime() });
  }

  /** Runs from `instant` on. */
  async runFrom(instant: Date): Promise<void> {
    this.offsetMs = instant.getTime() - Date.now();
    runClock(this.offsetMs);
    await this.orderProduct({ offsetMs: this.offsetMs });
    await this.stack.tiktok.settings({ clockOffsetMs: Math.round(this.offsetMs) });
    for (const browser of this.browsers) await browser.clock.install({ time: instant });
  }

  /** Real time again. */
  async release(): Promise<void> {
    if (this.offsetMs === null) return;
    this.offsetMs = null;
    runClock();
    await this.orderProduct({ offsetMs: 0 });
  }

  /** Moves everybody on; timers of open pages that fall due meanwhile fire. */
  async advance(ms: number): Promise<void> {
    this.offsetMs = (this.offsetMs ?? 0) + ms;
    runClock(this.offsetMs);
    await this.orderProduct({ offsetMs: this.offsetMs });
    await this.stack.tiktok.settings({ clockOffsetMs: Math.round(this.offsetMs) });
    for (const browser of this.browsers) await browser.clock.fastForward(ms);
  }

  /** Moves everybody to an instant that is still to come. */
  async advanceTo(instant: Date): Promise<void> {
    await this.advance(instant.getTime() - this.now().getTime());
  }

  /** A browser that goes by this clock from now on; before it opens a page. */
  async adopt(browser: BrowserContext): Promise<void> {
    await browser.clock.install({ time: this.now() });
    this.browsers.add(browser);
    browser.once("close", () => this.browsers.delete(browser));
  }

  private orderProduct(clock: SeamsOrder["clock"]): Promise<void> {
    return this.stack.order({ clock });
  }
}
