/** Reads page after page: each from where the one before ended, until one is short of `size`. One is held at a time. */
export async function* inPages<Row, Cursor>(
  size: number,
  read: (after: Cursor | null) => Promise<Row[]>,
  cursorOf: (last: Row) => Cursor,
): AsyncGenerator<Row[]> {
  let after: Cursor | null = null;
  for (;;) {
    const page: Row[] = await read(after);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < size) return;
    after = cursorOf(last);
  }
}
