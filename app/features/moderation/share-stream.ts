/** The one stream of a browser; also asked whether the server answers at all. */
export const DESK_STREAM = "/review/live";

/** What a tab hears: the stream is open (again), or something has changed in a challenge (an id; empty: it may be any). */
type Word = "open" | { news: string };

interface SharedStream {
  /** Whoever has the stream says that it is open. */
  isOpen: () => boolean;
  /** Opens it anew when it was refused for good and is this tab's. */
  revive: () => void;
  close: () => void;
}

/**
 * One stream of server-sent events for all tabs of a browser, whatever challenge they show: whoever has the lock has it
 * open and tells the others; when that tab closes it, is hidden or dies, the next one in line goes on. Browsers without
 * locks have a stream a tab. `hear` is told of which challenge there is news; null: of any, and after each opening.
 */
export function shareStream(hear: (challengeId: string | null) => void): SharedStream {
  const ended = new AbortController();
  const name = `stream ${DESK_STREAM}`;
  const tabs = new BroadcastChannel(name);
  let source: EventSource | null = null;
  let othersIsOpen = false;

  function connect(): void {
    source?.close();
    source = new EventSource(DESK_STREAM);
    const pass = (word: Word) => {
      tabs.postMessage(word);
      hearWord(word);
    };
    // What was said while nobody listened is in no stream; the browser connects again by itself.
    source.addEventListener("open", () => pass("open"));
    source.addEventListener("news", ({ data }: MessageEvent<string>) => pass({ news: data }));
    source.addEventListener("error", () => tabs.postMessage("lost"));
  }

  function hearWord(word: Word): void {
    hear(word === "open" ? null : word.news || null);
  }

  function lead(): Promise<void> {
    if (ended.signal.aborted) return Promise.resolve();
    connect();
    return new Promise((resolve) => ended.signal.addEventListener("abort", () => resolve(), { once: true }));
  }

  tabs.addEventListener("message", ({ data: word }: MessageEvent<Word | "lost" | "is it open?" | "it is">) => {
    switch (word) {
      case "is it open?":
        if (source?.readyState === EventSource.OPEN) tabs.postMessage("it is");
        break;
      case "lost":
        othersIsOpen = false;
        break;
      default: {
        const knew = source !== null || othersIsOpen;
        othersIsOpen = true;
        if (!knew) hear(null);
        else if (word !== "it is") hearWord(word);
      }
    }
  });
  const unlessEnded = (error: unknown) => {
    // Refused because this tab has ended before its turn came; whatever else fails is to be seen.
    if (!ended.signal.aborted) throw error;
  };
  if (navigator.locks) void navigator.locks.request(name, { signal: ended.signal }, lead).catch(unlessEnded);
  else void lead();
  tabs.postMessage("is it open?");

  return {
    isOpen: () => (source ? source.readyState === EventSource.OPEN : othersIsOpen),
    revive: () => {
      if (source?.readyState === EventSource.CLOSED) connect();
    },
    close: () => {
      if (source) tabs.postMessage("lost");
      source?.close();
      ended.abort();
      tabs.close();
    },
  };
}
