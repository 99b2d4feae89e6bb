/** TikTok: 600 requests per endpoint in a sliding minute. Refused requests do not count. */
export class RateWindow {
  private readonly passed = new Map<string, number[]>();

  /** Whether one more request of `key` may pass at `nowMs`. */
  admit(key: string, perMinute: number, nowMs: number): boolean {
    if (perMinute === 0) return true;
    const recent = (this.passed.get(key) ?? []).filter((ms) => ms > nowMs - 60_000 && ms <= nowMs);
    const admitted = recent.length < perMinute;
    if (admitted) recent.push(nowMs);
    this.passed.set(key, recent);
    return admitted;
  }
}
