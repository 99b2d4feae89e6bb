import { useState } from "react";
import type { ReviewEntry } from "./decision";
import { mergeShown, newsWords, type ShownEntry } from "./shown-entries";

interface Shown {
  page: string;
  read: ReadDesk;
  shown: readonly ShownEntry[];
  news: string;
}

interface ReadDesk {
  entries: readonly ReviewEntry[];
  elsewhere: readonly ReviewEntry[];
  at: string;
}

/**
 * What is in view of a page of the desk: what others decide stays where it is until `clear`, so that nothing moves under
 * the moderator's hands; `news` says it aloud. What they have decided on themselves (`acted`) is answered elsewhere.
 */
export function useShownEntries(
  page: string,
  read: ReadDesk,
  acted: ReadonlySet<string>,
): Pick<Shown, "shown" | "news"> & { clear: () => void } {
  const [kept, setKept] = useState<Shown>(() => fresh(page, read));
  let { shown, news } = kept;
  if (kept.page !== page || kept.read.entries !== read.entries) {
    const next = kept.page === page ? anew(kept, read, acted) : fresh(page, read);
    setKept(next);
    ({ shown, news } = next);
  }
  const clear = () =>
    setKept((before) => {
      const stay = before.shown.filter(({ left }) => left === null);
      return stay.length === before.shown.length ? before : { ...before, shown: stay };
    });
  return { shown, news, clear };
}

function fresh(page: string, read: ReadDesk): Shown {
  return { page, read, shown: mergeShown([], read.entries, []), news: "" };
}

function anew(before: Shown, read: ReadDesk, acted: ReadonlySet<string>): Shown {
  const elsewhere = read.elsewhere.filter(({ submissionId }) => !acted.has(submissionId));
  const shown = mergeShown(before.shown, read.entries, elsewhere);
  return { page: before.page, read, shown, news: newsWords(before.shown, shown, before.read.at) };
}
