const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * <tp-countdown until="ISO" at="ISO">: days, hours and minutes to go, from the server's time (`at`), so that a wrong
 * clock here shows no wrong number. Holds `[data-unit]` elements that the server has filled already.
 */
class Countdown extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const until = Date.parse(this.getAttribute("until") ?? "");
    const serverAt = Date.parse(this.getAttribute("at") ?? "");
    if (!Number.isFinite(until) || !Number.isFinite(serverAt)) return;
    const shownAt = performance.now();
    const draw = () => this.#draw(until - serverAt - (performance.now() - shownAt));
    draw();
    this.#timer = setInterval(draw, 1_000);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  #draw(leftMs: number): void {
    const left = Math.max(0, leftMs);
    const units = { days: left / DAY, hours: (left % DAY) / HOUR, minutes: (left % HOUR) / MINUTE };
    for (const [unit, value] of Object.entries(units)) {
      const element = this.querySelector(`[data-unit="${unit}"]`);
      const text = String(Math.floor(value));
      if (element && element.textContent !== text) element.textContent = text;
    }
  }
}

export function defineCountdown(): void {
  if (!customElements.get("tp-countdown")) customElements.define("tp-countdown", Countdown);
}
