import { test as base } from "playwright/test";
import type { Person } from "../world/people";
import { putSession } from "./put-session";
import { Qa } from "./qa";
import { type Stack, startStack } from "./stack";

export { expect } from "playwright/test";

export interface QaOptions {
  /** Which of TikTok's contracts product and simulator are set to. */
  contract: "mission" | "public";
}

interface QaFixtures {
  /** Brings an account in, with a role if asked, and gives this test's browser its session. */
  signedInAs: (openId: string, options?: Parameters<Stack["people"]["signIn"]>[1]) => Promise<Person>;
  /** Starts on a named scenario (scenarios.ts); this test's browser goes by its clock. */
  qa: Qa;
  /** Every test without a scenario starts on an empty database and fresh simulators. */
  cleanStart: undefined;
}

interface QaWorker {
  stack: Stack;
  /** Keeps the scenarios that this worker has made. */
  workbench: Qa;
}

/** The end-to-end tests' own `test`: a stack a worker, emptied before each test. */
export const test = base.extend<QaFixtures, QaOptions & QaWorker>({
  contract: ["mission", { option: true, scope: "worker" }],

  stack: [
    async ({ contract }, use) => {
      const stack = await startStack(contract);
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  workbench: [async ({ stack, browser }, use) => use(new Qa(stack, browser)), { scope: "worker" }],

  qa: async ({ workbench, context }, use) => {
    await workbench.begin(context);
    await use(workbench);
    await workbench.end();
  },

  cleanStart: [
    async ({ stack }, use, info) => {
      await stack.reset();
      await use(undefined);
      // On failure the server's own lines stand beside the trace; a page's request id leads to them.
      if (info.status !== info.expectedStatus) {
        await info.attach("server.log", { body: stack.output(), contentType: "text/plain" });
      }
    },
    { auto: true },
  ],

  baseURL: async ({ stack }, use) => use(stack.origin),

  signedInAs: async ({ stack, context }, use) => {
    await use(async (openId, options) => {
      const person = await stack.people.signIn(openId, options);
      await putSession(context, person, stack.origin);
      return person;
    });
  },
});
