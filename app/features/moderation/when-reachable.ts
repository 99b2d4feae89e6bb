import { DESK_STREAM } from "./share-stream";

/** Asks whether the server answers at all. A desk whose server does not stays as it was read last. */
export function whenReachable(then: () => void): void {
  fetch(DESK_STREAM, { method: "HEAD" }).then(then, () => undefined);
}
