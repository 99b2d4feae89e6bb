/**
 * Why a token could not be sealed or opened.
 * configuration: a setting names a key that is not there · denied: the provider refuses us · disabled: the key is off ·
 * unavailable: out of reach for now (the only kind worth repeating) · corrupt: the record is altered, moved or cut.
 */
export type VaultErrorKind = "configuration" | "denied" | "disabled" | "unavailable" | "corrupt";

export class VaultError extends Error {
  override readonly name = "VaultError";
  constructor(
    readonly kind: VaultErrorKind,
    /** The provider's own name for it, or ours; never a value. */
    readonly reason: string,
  ) {
    super(`vault: ${kind} (${reason})`);
  }
}
