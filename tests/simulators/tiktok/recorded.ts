import { readFileSync } from "node:fs";

/** A body that TikTok sent (`real-`), shows in its pages (`doc-`), or that was worked out by hand (`computed-`). */
export function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), "utf8"));
}

/** Names and kinds of values, without the values: an array is the shape of its first item. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}
