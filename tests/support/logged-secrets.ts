/** Settings whose values are secrets. */
const SECRET_SETTING = /SECRET|_ENC_KEY$|_OLD_KEYS$|METRICS_TOKEN/;
/** Secrets that are made while a process runs: TikTok's tokens as the simulator gives them, and our cookies' values. */
const MADE = {
  "an access token": /\bact\.[\w-]{24,}/,
  "a refresh token": /\brft\.[\w-]{24,}/,
  "a cookie": /__Host-\w+=[\w-]{20,}/,
};
const LEAST = 8;

/** For a process with this environment: which secrets a line of its log holds, by name and never by value. */
export function secretsOf(environment: Readonly<Record<string, string>>): (line: string) => string[] {
  const known = Object.entries(environment).flatMap(([name, value]) => {
    const values = SECRET_SETTING.test(name)
      ? value.split(",")
      : /^(DATABASE|SMTP)_URL$/.test(name)
        ? [passwordOf(value)]
        : [];
    return values.filter((secret) => secret.length >= LEAST).map((secret) => ({ name, secret }));
  });
  return (line) => [
    ...known.filter(({ secret }) => line.includes(secret)).map(({ name }) => name),
    ...Object.entries(MADE).flatMap(([name, pattern]) => (pattern.test(line) ? [name] : [])),
  ];
}

function passwordOf(url: string): string {
  return URL.canParse(url) ? decodeURIComponent(new URL(url).password) : "";
}
