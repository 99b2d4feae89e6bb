import type { Fault, FaultRequest } from "./control-messages";
import { faultRequest } from "./control-messages";

/** Faults in the order they were set; the first one that matches and is not used up happens. */
export class FaultPlan {
  #faults: Fault[] = [];

  set(request: FaultRequest): void {
    this.#faults.push({ ...faultRequest.parse(request), seen: 0, fired: 0 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** Also those that are used up: their counters prove that they happened. */
  list(): readonly Fault[] {
    return this.#faults;
  }

  next(operation: string): Fault | undefined {
    const usable = this.#faults.filter(
      (fault) => [operation, "*"].includes(fault.operation) && fault.fired < (fault.times ?? Number.POSITIVE_INFINITY),
    );
    for (const fault of usable) {
      fault.seen += 1;
      if (fault.seen <= fault.after) continue;
      fault.fired += 1;
      return fault;
    }
    return undefined;
  }
}
