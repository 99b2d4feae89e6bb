import { useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { type DeskPlace, deskAddress } from "./desk-place";
import type { ShownDesk } from "./show-review-desk.server";

/** All that match were asked for by an address of its own: they are selected, and the address is as it was. */
export function useMatching(desk: ShownDesk & { place: DeskPlace }, select: (values: readonly string[]) => void): void {
  const { matching, challenge, place } = desk;
  const navigate = useNavigate();
  const kept = useRef<() => void>(() => undefined);
  kept.current = () => {
    if (!matching) return;
    select(matching);
    navigate(deskAddress(challenge.slug, place), { replace: true, preventScrollReset: true });
  };
  useEffect(() => {
    if (matching) kept.current();
  }, [matching]);
}
