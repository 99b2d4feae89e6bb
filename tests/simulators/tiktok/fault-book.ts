import type { Endpoint, FaultKind, FaultSpec, FaultState } from "./control-protocol";

const pageKinds: ReadonlySet<FaultKind> = new Set<FaultKind>([
  "cursor_repeat",
  "cursor_rise",
  "cursor_missing",
  "empty_page",
  "short_page",
  "repeat_items",
]);

export function twistsPage(fault: FaultSpec): boolean {
  return pageKinds.has(fault.kind);
}

/** The faults that are set, and how often each one happened: a fault test proves that its fault fired. */
export class FaultBook {
  private faults = new Map<string, FaultState>();
  private nextId = 1;

  /** Another book with the same faults and counts. */
  copy(): FaultBook {
    return Object.assign(new FaultBook(), { faults: structuredClone(this.faults), nextId: this.nextId });
  }

  add(spec: FaultSpec): FaultState {
    const id = spec.id ?? `fault-${this.nextId}`;
    this.nextId += 1;
    const fault = { ...spec, id, seen: 0, fired: 0 };
    this.faults.set(id, fault);
    return fault;
  }

  remove(id: string): boolean {
    return this.faults.delete(id);
  }

  clear(): void {
    this.faults.clear();
  }

  list(): FaultState[] {
    return [...this.faults.values()];
  }

  /** The first fault that is due for this request, if any; it counts as fired. Page faults touch the list alone. */
  fire(endpoint: Endpoint, openId: string | null): FaultState | undefined {
    for (const fault of this.faults.values()) {
      if (fault.endpoint !== "*" && fault.endpoint !== endpoint) continue;
      if (fault.openId !== undefined && fault.openId !== openId) continue;
      if (twistsPage(fault) && endpoint !== "video_list") continue;
      fault.seen += 1;
      const isDue = fault.seen > (fault.after ?? 0) && fault.fired < (fault.times ?? Number.POSITIVE_INFINITY);
      if (!isDue) continue;
      fault.fired += 1;
      return fault;
    }
    return undefined;
  }
}
