import { randomUUID } from "node:crypto";
import { type Browser, type BrowserContext, type Page, test } from "playwright/test";
import type { CaughtLetter } from "#tests/simulators/smtp/catcher";
import type { MailFaultSpec, PlannedFault } from "#tests/simulators/smtp/fault-plan";
import type { LedgerEntry } from "#tests/simulators/tiktok/control-answers";
import type { CommandInput, FaultSpec, FaultState } from "#tests/simulators/tiktok/control-protocol";
import { releaseIds, seedIds } from "../product-seams";
import type { Person } from "../world/people";
import { QaClock } from "./clock";
import { QaJobs } from "./jobs";
import { bringBackRows, emptyDatabase, keepRows } from "./kept-rows";
import { putSession } from "./put-session";
import { EPOCH, type Made } from "./scenario";
import { type ScenarioName, scenarios } from "./scenarios";
import type { Stack } from "./stack";

/** One line of what creators were told. */
export interface Told {
  kind: string;
  submissionId: string;
  read: boolean;
}

/** What a flow works with: states by name, people, faults, time and work. One a Playwright worker; see tests/README.md. */
export class Qa {
  readonly clock: QaClock;
  readonly jobs: QaJobs;
  /** Each scenario that this worker has made. */
  private readonly made = new Map<ScenarioName, Made>();
  private current: Made = { people: {} };
  private own: BrowserContext | null = null;
  private readonly opened: BrowserContext[] = [];
  private readonly stack: Stack;
  private readonly browser: Browser;

  constructor(stack: Stack, browser: Browser) {
    this.stack = stack;
    this.browser = browser;
    this.clock = new QaClock(stack);
    this.jobs = new QaJobs(stack);
  }

  /**
   * The whole world as the scenario has it: rows, sessions, TikTok's accounts, tokens and faults, everybody's clock at
   * the scenario's epoch, all ids the same each time. The first time in a worker it is made, then brought back.
   */
  async reset(name: ScenarioName): Promise<Made> {
    const known = this.made.get(name);
    const made = known ?? (await this.make(name));
    if (known) {
      await this.clearKeyService();
      this.stack.smtp.clear();
      await this.stack.tiktok.bringBack(name);
      await bringBackRows(this.stack.sql, name);
    }
    await this.forgetPages();
    await this.clock.runFrom(EPOCH);
    await scenarios[name].begin?.(this.stack, made);
    this.current = made;
    test.info().annotations.push({ type: "scenario", description: `${name}, from ${EPOCH.toISOString()}` });
    return made;
  }

  /** Pages that were drawn in the world before are not of this one: an hour away none is fresh, and a new one drops them all. */
  private async forgetPages(): Promise<void> {
    await this.clock.hold(new Date(EPOCH.getTime() - 3_600_000));
    const page = await fetch(`${this.stack.origin}/?world=${randomUUID()}`);
    await page.body?.cancel();
  }

  /** Forgets that a scenario was made: the next reset makes it from nothing. */
  forget(name: ScenarioName): void {
    this.made.delete(name);
  }

  /** Somebody of the scenario. */
  person(as: string): Person {
    const person = this.current.people[as];
    if (!person)
      throw new Error(`nobody here is called ${as}: there are ${Object.keys(this.current.people).join(", ")}`);
    return person;
  }

  /** Gives the test's browser the session of somebody in the scenario; `visitor` is signed out. */
  async session(as: string): Promise<void> {
    if (!this.own) throw new Error("a session belongs to a test");
    await this.signIn(this.own, as);
  }

  /** A page in a browser of its own, for the second person of a flow. Closed after the test. */
  async open(as: string): Promise<Page> {
    const context = await this.browser.newContext({ baseURL: this.stack.origin });
    this.opened.push(context);
    await this.clock.adopt(context);
    await this.signIn(context, as);
    return context.newPage();
  }

  /** What goes wrong at TikTok (see control-protocol.ts). A fault that a flow relies on is proved by `fired`. */
  readonly fault = {
    set: (fault: FaultSpec): Promise<FaultState> => this.stack.tiktok.addFault(fault),
    /** And at KMS. */
    setKeyService: (fault: Parameters<Stack["kms"]["setFault"]>[0]): Promise<void> => this.stack.kms.setFault(fault),
    /** And at the mail server; the answer counts how often it happened. */
    setMail: (fault: MailFaultSpec): PlannedFault => this.stack.smtp.setFault(fault),
    fired: (id: string): Promise<number> => this.stack.tiktok.fired(id),
    clear: async (): Promise<void> => {
      this.stack.smtp.clearFaults();
      await Promise.all([this.stack.tiktok.clearFaults(), this.stack.kms.clearFaults()]);
    },
  };

  /** What reached TikTok since the reset: never with a credential. */
  ledger(filter: CommandInput<"ledger/get"> = {}): Promise<LedgerEntry[]> {
    return this.stack.tiktok.ledger(filter);
  }

  /**
   * What creators were told since the reset, oldest first; how many decisions have still to take effect; and the letters
   * that came to people's inboxes.
   */
  async outbox(): Promise<{ told: Told[]; waiting: number; letters: CaughtLetter[] }> {
    const { sql } = this.stack;
    const told = await sql<Told[]>`
      select kind, submission_id as "submissionId", read_at is not null as read from notifications order by id`;
    const [waiting] = await sql<{ count: number }[]>`select count(*)::int as count from decision_effects`;
    return { told: [...told], waiting: waiting?.count ?? 0, letters: this.stack.smtp.letters() };
  }

  /** Before a test: its browser goes by this clock. */
  async begin(own: BrowserContext): Promise<void> {
    this.own = own;
    await this.clock.adopt(own);
  }

  /** After a test: real time again, further browsers closed. */
  async end(): Promise<void> {
    this.own = null;
    for (const context of this.opened.splice(0)) await context.close();
    await this.clock.release();
  }

  private async signIn(context: BrowserContext, as: string): Promise<void> {
    if (as === "visitor") await context.clearCookies();
    else await putSession(context, this.person(as), this.stack.origin);
  }

  private async make(name: ScenarioName): Promise<Made> {
    const { sql, tiktok } = this.stack;
    await Promise.all([emptyDatabase(sql), this.clearKeyService()]);
    await tiktok.reset(EPOCH.getTime());
    await this.clock.hold(EPOCH);
    seedIds(name);
    await this.stack.order({ seed: name });
    try {
      const made = await scenarios[name].make(this.stack, this);
      await this.jobs.idle();
      // What making it asked is of no interest to a flow.
      await tiktok.clearLedger();
      this.stack.smtp.clear();
      await Promise.all([keepRows(sql, name), tiktok.keep(name)]);
      this.made.set(name, made);
      return made;
    } finally {
      releaseIds();
      await this.stack.order({ seed: null });
    }
  }

  private async clearKeyService(): Promise<void> {
    await this.stack.kms.clearFaults();
    await this.stack.kms.clearLedger();
  }
}
