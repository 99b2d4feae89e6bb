/** Any origin: what is asked is how a browser reads a path. */
const ANYWHERE = "https://trendpot.invalid";

/**
 * Where to go after signing in: a path of this site, or `/` for anything else.
 * A browser reads `//host`, `/\host` and a leading tab or newline as another site, so those are refused whole; and so is
 * a path that a browser writes differently, as `/.//host` and `/%2e%2e//host`, which come out as `//host`.
 */
export function safeReturnTo(value: string | null | undefined): string {
  if (!value || value.length > 500) return "/";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (!/^\/(?![/\\])[^\u0000-\u0020\u007f\\]*$/.test(value)) return "/";
  const [path = ""] = value.split(/[?#]/);
  if (!URL.canParse(path, ANYWHERE) || new URL(path, ANYWHERE).pathname !== path) return "/";
  if (/^\/(auth|logout|login)(\/|$)/i.test(path)) return "/";
  return value;
}
