import { type FocusEvent, type RefObject, useEffect, useRef, useState } from "react";

/**
 * The one card of the list that keys act on: the one that has the focus, or had it last. When it leaves, the one in its
 * place follows, and takes over the focus if that was there.
 */
export function useCurrentCard(ids: readonly string[], whenEmpty: RefObject<HTMLElement>) {
  const [place, setPlace] = useState({ id: ids[0] ?? null, index: 0 });
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

  return {
    current,
    looking,
    list,
    listeners: {
      onFocus: (event: FocusEvent<HTMLElement>) => {
        const id = event.target.closest("[data-submission-id]")?.getAttribute("data-submission-id") ?? null;
        hasFocus.current = true;
        setLooking(true);
        if (id !== null && id !== place.id) setPlace({ id, index: Math.max(0, ids.indexOf(id)) });
      },
      onBlur: () => {
        hasFocus.current = false;
      },
    },
    move: (by: 1 | -1, rows: boolean) => {
      const target = at + by * (rows ? columnsOf(list.current) : 1);
      const id = ids[Math.max(0, Math.min(ids.length - 1, target))];
      if (id !== undefined) focusCard(id);
    },
    /** On to the next one that stays. */
    leave: (leaving: readonly string[]) => {
      if (current === null || !leaving.includes(current)) return;
      const stays = (id: string) => !leaving.includes(id);
      const next = ids.slice(at).find(stays) ?? ids.slice(0, at).reverse().find(stays);
      if (next !== undefined) focusCard(next);
    },
    /** As soon as it is in the list again. */
    awaitBack: (id: string) => {
      awaited.current = id;
    },
  };
}

function focusCard(id: string): void {
  document.getElementById(`entry-${id}`)?.focus();
}

function columnsOf(list: HTMLElement | null): number {
  const tops = [...(list?.children ?? [])].map((item) => item.getBoundingClientRect().top);
  return Math.max(1, tops.filter((top) => top === tops[0]).length);
}
