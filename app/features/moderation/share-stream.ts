/** What a tab hears: the stream is open (again), or something has changed. */
type News = "open" | "news";

interface SharedStream {
  /** Whoever has the stream says that it is open. */
  isOpen: () => boolean;
  /** Opens it anew when it was refused for good and is this tab's. */
  revive: () => void;
  close: () => void;
}

/**
 * One stream of server-sent events for all tabs of a browser that want the same one: whoever has the lock has it open and
 * tells the others; when that tab closes it, is hidden or dies, the next one in line goes on. Browsers without locks have
 * a stream a tab.
 */
export function shareStream(path: string, hear: (news: News) => void): SharedStream {
  const ended = new AbortController();
  const tabs = new BroadcastChannel(`stream ${path}`);
  let source: EventSource | null = null;
  let othersIsOpen = false;

  function connect(): void {
    source?.close();
    source = new EventSource(path);
    const pass = (news: News) => () => {
      tabs.postMessage(news);
      hear(news);
    };
    // What was said while nobody listened is in no stream; the browser connects again by itself.
    source.addEventListener("open", pass("open"));
    source.addEventListener("news", pass("news"));
    source.addEventListener("error", () => tabs.postMessage("lost"));
  }

  function lead(): Promise<void> {
    if (ended.signal.aborted) return Promise.resolve();
    connect();
    return new Promise((resolve) => ended.signal.addEventListener("abort", () => resolve(), { once: true }));
  }

  tabs.addEventListener("message", ({ data: word }: MessageEvent<News | "lost" | "is it open?">) => {
    switch (word) {
      case "is it open?":
        if (source?.readyState === EventSource.OPEN) tabs.postMessage("open");
        break;
      case "lost":
        othersIsOpen = false;
        break;
      case "open":
      case "news":
        othersIsOpen = true;
        hear(word);
    }
  });
  const unlessEnded = (error: unknown) => {
    // Refused because this tab has ended before its turn came; whatever else fails is to be seen.
    if (!ended.signal.aborted) throw error;
  };
  if (navigator.locks)
    void navigator.locks.request(`stream ${path}`, { signal: ended.signal }, lead).catch(unlessEnded);
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
