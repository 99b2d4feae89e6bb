/**
 * Where to go after signing in: a path of this site, or `/` for anything else.
 * A browser reads `//host`, `/\host` and a leading tab or newline as another site, so those are refused whole.
 */
export function safeReturnTo(value: string | null | undefined): string {
  if (!value || value.length > 500) return "/";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (!/^\/(?![/\\])[^\u0000-\u0020\u007f\\]*$/.test(value)) return "/";
  if (/^\/(auth|logout|login)(\/|\?|$)/.test(value)) return "/";
  return value;
}
