import { useEffect, useRef, useSyncExternalStore } from "react";

/** What the keys do; the buttons that they press carry `data-key`. */
export const deskKeys = [
  { keys: ["j", "→"], does: "Next entry" },
  { keys: ["k", "←"], does: "Entry before" },
  { keys: ["↓", "↑"], does: "A row down, a row up" },
  { keys: ["a"], does: "Approve" },
  { keys: ["r"], does: "Reject; then 1 to 9 picks the reason" },
  { keys: ["f"], does: "Flag for a second look" },
  { keys: ["c"], does: "Request a change" },
  { keys: ["x"], does: "Select; with Shift all up to here" },
  { keys: ["i"], does: "What is known of the entry" },
  { keys: ["u"], does: "Undo" },
  { keys: ["Esc"], does: "Close what the desk has told you" },
  { keys: ["?"], does: "Show these keys" },
] as const;

/** How far a key moves, in entries or in rows. */
const moves: Readonly<Record<string, { by: 1 | -1; rows: boolean }>> = {
  j: { by: 1, rows: false },
  k: { by: -1, rows: false },
  arrowright: { by: 1, rows: false },
  arrowleft: { by: -1, rows: false },
  arrowdown: { by: 1, rows: true },
  arrowup: { by: -1, rows: true },
};

const TYPING = "input:not([type='checkbox']), textarea, select, [contenteditable]";

interface KeyedDesk {
  /** Where `a`, `r`, `f` and `c` press: the bar of what is selected, or the card at hand. */
  scope: () => ParentNode | null;
  move: (by: 1 | -1, rows: boolean) => void;
  select: (range: boolean) => void;
}

/**
 * Single keys for the desk while `on`; none with a modifier, while typing or under an open dialog. A key that is held
 * down moves on and decides nothing more.
 */
export function useDeskKeys(on: boolean, desk: KeyedDesk): void {
  const kept = useRef(desk);
  kept.current = desk;
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(TYPING) || document.querySelector("dialog[open]")) return;
      const key = event.key.toLowerCase();
      if (event.shiftKey && key !== "x" && key !== "?") return;
      const move = moves[key];
      // Elsewhere arrows scroll, as everywhere.
      if (key.startsWith("arrow") && target !== document.body && !target.closest("[data-testid='review-card']")) return;
      if (move) kept.current.move(move.by, move.rows);
      else if (event.repeat) return;
      else if (key === "x") kept.current.select(event.shiftKey);
      else if (key === "u" || key === "i" || key === "?" || key === "escape") press(document, key);
      else if ("arfc".includes(key)) press(kept.current.scope(), key);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [on]);
}

function press(where: ParentNode | null, key: string): void {
  where?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();
}

const SETTING = "desk-keys";
const settingListeners = new Set<() => void>();
/** For this tab when the browser keeps nothing. */
let setting = true;

function readSetting(): boolean {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return setting;
  }
}

function watchSetting(onChange: () => void): () => void {
  settingListeners.add(onChange);
  addEventListener("storage", onChange);
  return () => {
    settingListeners.delete(onChange);
    removeEventListener("storage", onChange);
  };
}

/** Whether this browser has the keys on; they are until somebody switches them off (WCAG 2.1.4). */
export function useKeysSetting(): [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore(watchSetting, readSetting, () => true);
  return [
    on,
    (wanted) => {
      setting = wanted;
      try {
        localStorage.setItem(SETTING, wanted ? "on" : "off");
      } catch {
        // Then it is for this tab alone.
      }
      for (const listener of settingListeners) listener();
    },
  ];
}
