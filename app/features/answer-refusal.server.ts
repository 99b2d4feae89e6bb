import { data } from "@remix-run/node";
import { DomainError, type DomainErrorCode } from "./domain-error";

export interface Refusal {
  code: DomainErrorCode;
  words: string;
}

/**
 * A domain error as a door's answer, with its status, and with Retry-After where it says `waitSeconds`; anything else is
 * thrown on.
 */
export function answerRefusal(error: unknown) {
  if (!(error instanceof DomainError)) throw error;
  const refusal: Refusal = { code: error.code, words: error.words };
  const { waitSeconds } = error.details;
  const headers = waitSeconds === undefined ? undefined : { "Retry-After": String(waitSeconds) };
  return data({ refusal }, { status: error.status, headers });
}
