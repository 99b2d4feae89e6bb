import type { FaultRequest, KeyState, LedgerEntry, Operation, SimulatorState } from "./control-messages";

/** Steers a running simulator from a test or a script. Keys are named by id, alias or ARN. */
export class KmsControl {
  readonly origin: string;

  constructor(origin: string) {
    this.origin = origin;
  }

  /** Every request since the start or the last clearing, oldest first. */
  ledger(): Promise<LedgerEntry[]> {
    return this.#call("ledger");
  }

  clearLedger(): Promise<void> {
    return this.#call("clear-ledger");
  }

  /** Faults add up, and the first that matches happens. */
  setFault(fault: FaultRequest): Promise<void> {
    return this.#call("set-fault", fault);
  }

  clearFaults(): Promise<void> {
    return this.#call("clear-faults");
  }

  setKeyState(keyId: string, state: KeyState): Promise<void> {
    return this.#call("set-key-state", { keyId, state });
  }

  /** From now on these operations are denied on the key, and no others; an empty list allows all. */
  denyKey(keyId: string, operations: readonly (Operation | "*")[] = ["*"]): Promise<void> {
    return this.#call("deny-key", { keyId, operations });
  }

  moveAlias(alias: string, keyId: string): Promise<void> {
    return this.#call("move-alias", { alias, keyId });
  }

  addKey(options: { keyId?: string; alias?: string } = {}): Promise<{ keyId: string; arn: string }> {
    return this.#call("add-key", options);
  }

  /** Keys, aliases, and each fault with how often it fired. */
  state(): Promise<SimulatorState> {
    return this.#call("state");
  }

  async #call<T>(name: string, body: unknown = {}): Promise<T> {
    const response = await fetch(`${this.origin}/__control/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the KMS simulator refused ${name}: ${await response.text()}`);
    return (await response.json()) as T; // both ends are ours, in one version
  }
}
