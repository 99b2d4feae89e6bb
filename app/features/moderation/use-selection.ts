import { useRef, useState } from "react";
import type { ReviewEntry } from "./decision";

/**
 * Which of the entries in view are selected, and which `beyond` the page; `initial` and `beyond` are checkbox values.
 * What leaves the view is no longer selected, and is again when it comes back.
 */
export function useSelection(entries: readonly ReviewEntry[], initial: readonly string[]) {
  const ids = entries.map(({ submissionId }) => submissionId);
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => new Set(initial.map(idOf)));
  const [matching, setMatching] = useState(initial);
  const anchor = useRef<string | null>(null);
  const reached = useRef<string | null>(null);
  const between = (one: string | null, other: string | null) => {
    const ends = [one, other].map((id) => (id === null ? -1 : ids.indexOf(id))).sort((a, b) => a - b);
    const [from = -1, to = -1] = ends;
    return from < 0 ? [] : ids.slice(from, to + 1);
  };
  const chosen = entries.filter(({ submissionId }) => marked.has(submissionId));
  return {
    chosen,
    beyond: matching.filter((value) => marked.has(idOf(value)) && !ids.includes(idOf(value))),
    /** `range`: all from the one touched last up to this one. */
    toggle: (id: string, range: boolean) => {
      const next = new Set(marked);
      if (range && anchor.current !== null) for (const one of between(anchor.current, id)) next.add(one);
      else if (!next.delete(id)) next.add(id);
      anchor.current = id;
      reached.current = null;
      setMarked(next);
    },
    /** From where the moving began up to here, and no further: going back takes back. */
    extend: (from: string, to: string) => {
      if (reached.current !== from || anchor.current === null) anchor.current = from;
      const next = new Set(marked);
      for (const one of between(anchor.current, from)) next.delete(one);
      for (const one of between(anchor.current, to)) next.add(one);
      reached.current = to;
      setMarked(next);
    },
    selectAll: (all: boolean) => {
      setMatching([]);
      setMarked(new Set(all ? ids : []));
    },
    /** All of these, on this page or not: checkbox values. */
    selectMatching: (values: readonly string[]) => {
      setMatching(values);
      setMarked(new Set(values.map(idOf)));
    },
    /** They are decided on: what comes into view next is not selected by itself. */
    settle: (about: readonly string[]) =>
      setMatching((before) => before.filter((value) => !about.includes(idOf(value)))),
  };
}

/** Of a checkbox value. */
export function idOf(value: string): string {
  return value.split(":")[0] ?? "";
}
