/** How an entry has moved on its board within a day; `places`: up, negative when down, null when it is new there. */
export function Movement({ places }: { places: number | null }) {
  const { mark, words } = inWords(places);
  return (
    <small className="movement">
      <span aria-hidden="true">{mark}</span>
      <span className="sr-only">{words}</span>
    </small>
  );
}

function inWords(places: number | null): { mark: string; words: string } {
  if (places === null) return { mark: "new", words: "new since yesterday" };
  if (places === 0) return { mark: "–", words: "unmoved since yesterday" };
  const count = Math.abs(places);
  const way = places > 0 ? "up" : "down";
  return {
    mark: `${places > 0 ? "▲" : "▼"}${count.toLocaleString("en")}`,
    words: `${way} ${count === 1 ? "one place" : `${count.toLocaleString("en")} places`} since yesterday`,
  };
}
