/** Asks whether the server answers at all. A desk whose server does not stays as it was read last. */
export function whenReachable(path: string, then: () => void): void {
  fetch(path, { method: "HEAD" }).then(then, () => undefined);
}
