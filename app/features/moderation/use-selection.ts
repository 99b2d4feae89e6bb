import { useRef, useState } from "react";

/** Which of the entries in view are selected. What leaves the view is no longer, and is again when it comes back. */
export function useSelection(ids: readonly string[], initial: readonly string[]) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => new Set(initial));
  const anchor = useRef<string | null>(null);
  return {
    selected: ids.filter((id) => marked.has(id)),
    /** `range`: all from the one touched last up to this one. */
    toggle: (id: string, range: boolean) => {
      const [from, to] = [ids.indexOf(anchor.current ?? id), ids.indexOf(id)];
      const next = new Set(marked);
      if (range && from >= 0) for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
      else if (!next.delete(id)) next.add(id);
      anchor.current = id;
      setMarked(next);
    },
    selectAll: (all: boolean) => setMarked(new Set(all ? ids : [])),
  };
}
