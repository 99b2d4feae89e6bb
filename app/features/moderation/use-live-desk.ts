import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { shareStream } from "./share-stream";
import { whenReachable } from "./when-reachable";

/** News comes in bursts: the desk is read anew once a second at most. */
const READ_EVERY_MS = 1_000;
/** Without a stream. */
const POLL_MS = 30_000;
/** With one too: whoever sits between the two may have stopped passing it on. */
const READ_ANYHOW_MS = 120_000;

/**
 * Keeps a page as it is on the server: reads it anew when the browser's stream opens or says that something has changed in
 * its challenge (null: in any), and every half minute while there is none (every other minute although there is one). A
 * hidden tab has none and reads nothing. `endsInMs`: the next moment at which what is shown is over.
 */
export function useLiveDesk(challengeId: string | null, endsInMs: number | null): void {
  const { revalidate } = useRevalidator();
  const reader = useRef(revalidate);
  reader.current = revalidate;
  useEffect(() => {
    let stream: ReturnType<typeof shareStream> | null = null;
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
    const hear = (of: string | null) => {
      if (of === null || challengeId === null || of === challengeId) read();
    };
    const close = () => {
      stream?.close();
      stream = null;
    };
    const onVisibility = () => {
      if (document.visibilityState === "hidden") close();
      else stream ??= shareStream(hear);
    };
    const poll = setInterval(() => {
      const isFresh = stream?.isOpen() && performance.now() - readAt < READ_ANYHOW_MS;
      if (document.visibilityState === "hidden" || isFresh) return;
      whenReachable(() => {
        stream?.revive();
        read();
      });
    }, POLL_MS);
    onVisibility();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      clearInterval(poll);
      clearTimeout(waiting);
      close();
    };
  }, [challengeId]);
  useEffect(() => {
    if (endsInMs === null) return;
    const timer = setTimeout(() => whenReachable(() => reader.current()), endsInMs + 250);
    return () => clearTimeout(timer);
  }, [endsInMs]);
}
