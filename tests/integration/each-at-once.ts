/** Does `act` for every item, `width` at a time, in order of their beginning. */
export async function eachAtOnce<T>(
  width: number,
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of waiting) await act(item);
    }),
  );
}
