/** One instance per process under `name`: Vite's development server runs modules again after an edit. */
export function once<T>(name: string, make: () => T): T {
  const kept = globalThis as typeof globalThis & { trendpot?: Map<string, unknown> };
  kept.trendpot ??= new Map();
  if (!kept.trendpot.has(name)) kept.trendpot.set(name, make());
  return kept.trendpot.get(name) as T; // only `make` of the same name ever fills the place
}
