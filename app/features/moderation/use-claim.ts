import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

/** Moving past an entry is not looking at it. */
const SETTLED_MS = 400;
/** Activity renews a lease of five minutes this often at most. */
const RENEW_MS = 60_000;

/**
 * Holds the lease on the entry that the moderator looks at (null: none), renews it while they do something, and ends it
 * when they leave it. Returns which entry they hold, and a way to say that they hold one or no longer do.
 */
export function useClaim(
  path: string,
  submissionId: string | null,
): [held: string | null, setHeld: (submissionId: string | null) => void] {
  const [held, setHeld] = useState<string | null>(null);
  const { revalidate } = useRevalidator();
  const read = useRef(revalidate);
  read.current = revalidate;
  useEffect(() => {
    if (submissionId === null) return;
    let saidAt = Number.NEGATIVE_INFINITY;
    let left = false;
    const form = (intent: "claim" | "release") => new URLSearchParams({ intent, submissionId });
    const claim = async () => {
      saidAt = performance.now();
      const answer = await fetch(path, { method: "POST", body: form("claim") }).catch(() => null);
      if (left) return;
      if (answer?.ok) setHeld(submissionId);
      // Somebody else has it: their name belongs on the card.
      else if (answer?.status === 409) read.current();
    };
    const release = () => {
      if (saidAt !== Number.NEGATIVE_INFINITY) navigator.sendBeacon(path, form("release"));
      saidAt = Number.NEGATIVE_INFINITY;
    };
    const onActivity = () => {
      if (!timer && performance.now() - saidAt > RENEW_MS) void claim();
    };
    const onVisibility = () => {
      if (document.visibilityState === "hidden") release();
    };
    let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(() => {
      timer = undefined;
      void claim();
    }, SETTLED_MS);
    const activities = ["keydown", "pointerdown", "wheel"] as const;
    for (const name of activities) document.addEventListener(name, onActivity, { passive: true });
    document.addEventListener("visibilitychange", onVisibility);
    addEventListener("pagehide", release);
    return () => {
      left = true;
      clearTimeout(timer);
      for (const name of activities) document.removeEventListener(name, onActivity);
      document.removeEventListener("visibilitychange", onVisibility);
      removeEventListener("pagehide", release);
      release();
      setHeld(null);
    };
  }, [path, submissionId]);
  return [held, setHeld];
}
