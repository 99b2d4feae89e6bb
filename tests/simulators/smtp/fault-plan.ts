/** Where in a session something goes wrong: before the greeting, at a command, or once the whole letter was sent. */
export type Stage = "CONNECT" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "LETTER";

/**
 * refuse: answered with `reply` · hang: no answer · drop: the line is cut; a letter is not kept · lose_answer: the letter
 * is kept, and the line cut instead of the answer.
 */
export type MailFaultSpec = { stage: Stage; times?: number } & (
  | { kind: "refuse"; reply: string }
  | { kind: "hang" | "drop" }
  | { kind: "lose_answer"; stage: "LETTER" }
);

export type PlannedFault = MailFaultSpec & { fired: number };

/** Faults in the order they were set; the first one that matches and is not used up happens. */
export class FaultPlan {
  #faults: PlannedFault[] = [];

  /** Returns the fault, whose `fired` counts. */
  set(spec: MailFaultSpec): PlannedFault {
    const fault = { ...spec, fired: 0 };
    this.#faults.push(fault);
    return fault;
  }

  clear(): void {
    this.#faults = [];
  }

  next(stage: Stage): PlannedFault | undefined {
    const fault = this.#faults.find(
      (one) => one.stage === stage && one.fired < (one.times ?? Number.POSITIVE_INFINITY),
    );
    if (fault) fault.fired += 1;
    return fault;
  }
}
