import { useEffect, useRef } from "react";
import type { DeskSettings } from "./desk-settings";

/** What the keys do; the buttons that they press carry `data-key`. */
export const deskKeys = [
  { keys: ["j", "→"], does: "Next entry" },
  { keys: ["k", "←"], does: "Entry before" },
  { keys: ["↓", "↑"], does: "A row down, a row up" },
  { keys: ["Shift"], does: "With any of these: select on the way" },
  { keys: ["Enter"], does: "Details of the entry" },
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
  /** `range`: selects on the way. */
  move: (by: 1 | -1, rows: boolean, range: boolean) => void;
  select: (range: boolean) => void;
}

/**
 * Keys for the desk as its moderator wants them (WCAG 2.1.4): single ones, letters with Alt held, or none. None with
 * another modifier, while typing or under an open dialog. A key that is held down moves on and decides nothing more.
 */
export function useDeskKeys(mode: DeskSettings["keys"], desk: KeyedDesk): void {
  const kept = useRef(desk);
  kept.current = desk;
  useEffect(() => {
    if (mode === "off") return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(TYPING) || document.querySelector("dialog[open]")) return;
      const key = keyOf(event);
      // Arrows, Enter and Escape are no characters: only these go without Alt when letters want it.
      if (event.altKey !== (mode === "alt" && key.length === 1)) return;
      const move = moves[key];
      if (event.shiftKey && !move && key !== "x" && key !== "?") return;
      // Elsewhere arrows scroll, as everywhere.
      if (key.startsWith("arrow") && target !== document.body && !target.closest("[data-testid='review-card']")) return;
      if (move) kept.current.move(move.by, move.rows, event.shiftKey);
      else if (event.repeat) return;
      else if (key === "x") kept.current.select(event.shiftKey);
      else if (key === "u" || key === "i" || key === "?" || key === "escape") press(document, key);
      // On a button or a link it presses that.
      else if (key === "enter" && target.matches("[data-testid='review-card']")) press(target, key);
      else if ("arfc".includes(key)) press(kept.current.scope(), key);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [mode]);
}

/** With Alt some systems type another character: then the key's own letter. */
function keyOf({ key, code, altKey }: KeyboardEvent): string {
  const letter = altKey && !/^[a-z?]$/i.test(key) ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  return (letter ?? key).toLowerCase();
}

function press(where: ParentNode | null, key: string): void {
  where?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.click();
}
