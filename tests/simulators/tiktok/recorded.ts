import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./recorded/", import.meta.url);

/** A body that TikTok sent (`real-`), shows in its pages (`doc-`), or that was worked out by hand (`computed-`). */
export function recorded(name: string): unknown {
  return JSON.parse(recordedBytes(name).toString("utf8"));
}

/** The same, byte for byte. */
export function recordedBytes(name: string): Buffer {
  return readFileSync(new URL(`${name}.json`, folder));
}

export function recordedNames(): string[] {
  return readdirSync(folder)
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
}

/** Names and kinds of values, without the values: an array is the shape of its first item. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
