import { type FocusEvent, type RefObject, useEffect, useRef, useState } from "react";

/**
 * The one card of the list that keys act on: the one that has the focus, or had it last. When it leaves, the one in its
 * place follows, and takes over the focus if that was there. `alone`: no other card is drawn.
 */
export function useCurrentCard(
  ids: readonly string[],
  options: { first: string | undefined; alone: boolean; whenEmpty: RefObject<HTMLElement> },
) {
  const { first, alone, whenEmpty } = options;
  const [place, setPlace] = useState(() => placeOf(first ?? ids[0] ?? null, ids));
  /** Somebody has been in the list, so they look at the card and don't just have the page open. */
  const [looking, setLooking] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const hasFocus = useRef(false);
  const awaited = useRef<string | null>(null);
  const found = place.id === null ? -1 : ids.indexOf(place.id);
  const at = found >= 0 ? found : Math.min(place.index, ids.length - 1);
  const current = ids[at] ?? null;

  useEffect(() => {
    const back = awaited.current;
    const isBack = back !== null && ids.includes(back);
    if (isBack && !document.getElementById(`entry-${back}`)) return setPlace(placeOf(back, ids));
    if (isBack) awaited.current = null;
    const lost = hasFocus.current && document.activeElement === document.body;
    const target = isBack ? back : current;
    if (!isBack && !lost) return;
    if (target !== null) focusCard(target);
    else {
      hasFocus.current = false;
      whenEmpty.current?.focus();
    }
  });

  function go(id: string): void {
    if (alone && id !== current) {
      awaited.current = id;
      setPlace(placeOf(id, ids));
    } else focusCard(id);
  }

  function reach(by: number, rows: boolean): string | undefined {
    const target = at + by * (rows ? columnsOf(list.current) : 1);
    return ids[Math.max(0, Math.min(ids.length - 1, target))];
  }

  return {
    current,
    looking: looking || alone,
    list,
    listeners: {
      onFocus: (event: FocusEvent<HTMLElement>) => {
        const id = event.target.closest("[data-submission-id]")?.getAttribute("data-submission-id") ?? null;
        hasFocus.current = true;
        setLooking(true);
        if (id !== null && id !== place.id) setPlace(placeOf(id, ids));
      },
      onBlur: () => {
        hasFocus.current = false;
      },
    },
    /** Returns where it went. */
    move: (by: 1 | -1, rows: boolean): string | undefined => {
      const id = reach(by, rows);
      if (id !== undefined) go(id);
      return id;
    },
    /** On to the next one that stays. */
    leave: (leaving: readonly string[]) => {
      if (current === null || !leaving.includes(current)) return;
      const stays = (id: string) => !leaving.includes(id);
      const next = ids.slice(at).find(stays) ?? ids.slice(0, at).reverse().find(stays);
      if (next !== undefined) go(next);
    },
    /** As soon as it is in the list again. */
    awaitBack: (id: string) => {
      awaited.current = id;
    },
  };
}

function placeOf(id: string | null, ids: readonly string[]) {
  return { id, index: id === null ? 0 : Math.max(0, ids.indexOf(id)) };
}

function focusCard(id: string): void {
  document.getElementById(`entry-${id}`)?.focus();
}

function columnsOf(list: HTMLElement | null): number {
  const tops = [...(list?.children ?? [])].map((item) => item.getBoundingClientRect().top);
  return Math.max(1, tops.filter((top) => top === tops[0]).length);
}
