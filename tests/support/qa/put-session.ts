import type { BrowserContext } from "playwright/test";
import type { Person } from "../world/people";

/** Gives a browser somebody's session, in place of the one it had. */
export async function putSession(context: BrowserContext, person: Person, origin: string): Promise<void> {
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
