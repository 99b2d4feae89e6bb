import { type BrowserContext, test as base } from "playwright/test";
import type { Person } from "../world/people";
import { type Stack, startStack } from "./stack";

export { expect } from "playwright/test";

export interface QaOptions {
  /** Which of TikTok's contracts product and simulator are set to. */
  contract: "mission" | "public";
}

interface QaFixtures {
  /** Brings an account in, with a role if asked, and gives this test's browser its session. */
  signedInAs: (openId: string, options?: Parameters<Stack["people"]["signIn"]>[1]) => Promise<Person>;
  /** Every test starts on an empty database and fresh simulators. */
  cleanStart: undefined;
}

/** The end-to-end tests' own `test`: a stack a worker, emptied before each test. */
export const test = base.extend<QaFixtures, QaOptions & { stack: Stack }>({
  contract: ["mission", { option: true, scope: "worker" }],

  stack: [
    async ({ contract }, use) => {
      const stack = await startStack(contract);
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

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
      await useSession(context, person, stack.origin);
      return person;
    });
  },
});

/** Gives a browser context somebody's session, in place of the one it had. */
export async function useSession(context: BrowserContext, person: Person, origin: string): Promise<void> {
  const at = person.cookie.indexOf("=");
  await context.addCookies([
    {
      name: person.cookie.slice(0, at),
      value: person.cookie.slice(at + 1),
      url: origin.replace("http:", "https:"),
      httpOnly: true,
      secure: true,
      sameSite: "Lax",
    },
  ]);
}
