import { type AssumptionName, assumptions } from "./assumptions";

export type Verdict = "holds" | "differs" | "not checked";

interface Finding {
  seen: string;
  verdict: Verdict;
}

/** What was found out; whatever nobody spoke about was not checked. The first word on an assumption stands. */
export class Findings {
  private readonly found = new Map<AssumptionName, Finding>();

  judge(name: AssumptionName, holds: boolean, seen: string): void {
    this.note(name, { verdict: holds ? "holds" : "differs", seen });
  }

  skip(name: AssumptionName, why: string): void {
    this.note(name, { verdict: "not checked", seen: why });
  }

  count(verdict: Verdict): number {
    return this.rows("").filter((row) => row.verdict === verdict).length;
  }

  rows(unreached: string) {
    return (Object.keys(assumptions) as AssumptionName[]).map((name) => ({
      ...assumptions[name],
      ...(this.found.get(name) ?? { verdict: "not checked" as const, seen: unreached }),
    }));
  }

  private note(name: AssumptionName, finding: Finding): void {
    if (!this.found.has(name)) this.found.set(name, finding);
  }
}

/** A code or a name from outside, fit for a report; anything that could be more than that is not shown. */
export function plainName(text: unknown): string {
  return typeof text === "string" && /^[A-Za-z][A-Za-z0-9_.]{0,60}$/.test(text) ? text : "(unprintable)";
}
