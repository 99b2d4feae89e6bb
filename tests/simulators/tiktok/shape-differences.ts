type Kind = "string" | "number" | "boolean" | "null" | "object" | "array";

/** Where the contract says more than a recorded body shows. Paths: `data.videos[].id`. */
export interface Allowance {
  /** Not in the body, but in the contract: must be there. */
  also?: Readonly<Record<string, Kind>>;
  /** Not in the body; the contract lets it come or stay away. */
  may?: Readonly<Record<string, Kind>>;
  /** In the body, and not in the contract: may stay away. */
  without?: readonly string[];
}

/**
 * How `answer` differs from a recorded body in names and JSON types, in both directions and in every item of every
 * array; nothing when they agree.
 */
export function shapeDifferences(body: unknown, answer: unknown, allowance: Allowance = {}): string[] {
  return compare("", body, answer, allowance);
}

function compare(path: string, body: unknown, answer: unknown, allowance: Allowance): string[] {
  const [wanted, given] = [kindOf(body), kindOf(answer)];
  if (wanted !== given) return [`${path || "."}: ${given} in place of ${wanted}`];
  if (Array.isArray(body) && Array.isArray(answer)) {
    if (answer.length === 0) return body.length === 0 ? [] : [`${path}: empty, so nothing is proved`];
    return answer.flatMap((item) => compare(`${path}[]`, body[0], item, allowance));
  }
  if (!isObject(body) || !isObject(answer)) return [];
  const { also = {}, may = {}, without = [] } = allowance;
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const inside = (known: string) => known.slice(0, Math.max(0, known.lastIndexOf("."))) === path;
  const missing = [...Object.keys(body).map(at), ...Object.keys(also).filter(inside)].filter(
    (known) => !(known.slice(path === "" ? 0 : path.length + 1) in answer) && !without.includes(known),
  );
  const others = Object.entries(answer).flatMap(([name, value]) => {
    if (Object.hasOwn(body, name)) return compare(at(name), body[name], value, allowance);
    const kind = also[at(name)] ?? may[at(name)];
    if (kind === undefined) return [`${at(name)}: nobody has seen it`];
    return kind === kindOf(value) ? [] : [`${at(name)}: ${kindOf(value)} in place of ${kind}`];
  });
  return [...missing.map((known) => `${known}: missing`), ...others];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === "object";
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
