import { isRouteErrorResponse } from "@remix-run/react";

/**
 * For the client loader of a page that reads itself anew: what cannot be read, for want of a network or a server in
 * trouble, stays as it was (`kept`; null when it was never read).
 */
export async function readOrKeep<T>(read: () => Promise<T>, kept: T | null): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isAnswer(error) || kept === null) throw error;
    return kept;
  }
}

/** Whether the server has meant it: another page, a refusal, nothing there. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Response || (isRouteErrorResponse(error) && error.status < 500);
}
