import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** News comes in bursts: the desk is read anew once a second at most. */
const READ_EVERY_MS = 1_000;
/** Without a stream. */
const POLL_MS = 30_000;
/** With one too: whoever sits between the two may have stopped passing it on. */
const READ_ANYHOW_MS = 120_000;

/**
 * Keeps the desk as it is on the server: reads it anew when its stream opens or says that something has changed, and
 * every half minute while there is none (every other minute although there is one). A hidden tab has none and reads
 * nothing. `endsInMs`: the next moment at which what is shown is over.
 */
export function useLiveDesk(streamPath: string, endsInMs: number | null): void {
  const { revalidate } = useRevalidator();
  const reader = useRef(revalidate);
  reader.current = revalidate;
  useEffect(() => {
    let stream: EventSource | null = null;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let readAt = Number.NEGATIVE_INFINITY;
    const read = () => {
      waiting ??= setTimeout(
        () => {
          waiting = undefined;
          readAt = performance.now();
          reader.current();
        },
        Math.max(0, readAt + READ_EVERY_MS - performance.now()),
      );
    };
    const open = () => {
      if (stream && stream.readyState !== EventSource.CLOSED) return;
      stream = new EventSource(streamPath);
      // What was said while nobody listened is in no stream; the browser connects again by itself.
      stream.addEventListener("open", read);
      stream.addEventListener("news", read);
    };
    const close = () => {
      stream?.close();
      stream = null;
    };
    const onVisibility = () => {
      if (document.visibilityState === "hidden") close();
      else open();
    };
    const poll = setInterval(() => {
      const isFresh = stream?.readyState === EventSource.OPEN && performance.now() - readAt < READ_ANYHOW_MS;
      if (document.visibilityState === "hidden" || isFresh) return;
      whenReachable(streamPath, () => {
        open();
        read();
      });
    }, POLL_MS);
    if (document.visibilityState !== "hidden") open();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      clearInterval(poll);
      clearTimeout(waiting);
      close();
    };
  }, [streamPath]);
  useEffect(() => {
    if (endsInMs === null) return;
    const timer = setTimeout(() => whenReachable(streamPath, () => reader.current()), endsInMs + 250);
    return () => clearTimeout(timer);
  }, [endsInMs, streamPath]);
}

/** A desk whose server does not answer stays as it was read last. */
function whenReachable(path: string, then: () => void): void {
  fetch(path, { method: "HEAD" }).then(then, () => undefined);
}
