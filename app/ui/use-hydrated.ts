import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether React answers clicks here by now. What needs it waits disabled, so that no early press is lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
