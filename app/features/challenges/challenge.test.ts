import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type ChallengeDates, phaseOf } from "./challenge";
import { challengeFormSchema } from "./challenge-form";
import { instantOf, wallClockOf } from "./zoned-time";

const day = (n: number) => new Date(Date.UTC(2026, 10, n));
const challenge: ChallengeDates = {
  opensAt: day(10),
  closesAt: day(20),
  publishedAt: day(1),
  pausedAt: null,
  frozenAt: null,
  finalisedAt: null,
  cancelledAt: null,
  archivedAt: null,
};

describe("a challenge's phase", () => {
  test.each([
    ["draft until it is published", { publishedAt: null }, day(12), "draft"],
    ["scheduled before it opens", {}, day(9), "scheduled"],
    ["open from the instant it opens", {}, day(10), "open"],
    ["open to the last millisecond", {}, new Date(day(20).getTime() - 1), "open"],
    ["reviewing from the instant it closes", {}, day(20), "reviewing"],
    ["paused while open", { pausedAt: day(11) }, day(12), "paused"],
    ["not paused once closed", { pausedAt: day(11) }, day(21), "reviewing"],
    ["frozen", { frozenAt: day(21) }, day(22), "frozen"],
    ["final", { frozenAt: day(21), finalisedAt: day(22) }, day(23), "final"],
    ["cancelled whatever the dates say", { cancelledAt: day(11) }, day(12), "cancelled"],
  ] as const)("is %s", (_, acts, at, phase) => {
    expect(phaseOf({ ...challenge, ...acts }, at)).toBe(phase);
  });
});

describe("wall-clock times", () => {
  test("are read in the challenge's own time zone", () => {
    expect(instantOf("2026-11-29T20:00", "Europe/Madrid").toISOString()).toBe("2026-11-29T19:00:00.000Z");
    expect(instantOf("2026-07-01T20:00", "Europe/Madrid").toISOString()).toBe("2026-07-01T18:00:00.000Z");
    expect(instantOf("2026-01-01T00:30", "Asia/Kathmandu").toISOString()).toBe("2025-12-31T18:45:00.000Z");
  });

  test("go there and back", () => {
    const wallClock = "2026-03-29T12:00";
    expect(wallClockOf(instantOf(wallClock, "Europe/Madrid"), "Europe/Madrid")).toBe(wallClock);
  });
});

describe("the challenge form", () => {
  const form = {
    title: "A Minute of Home",
    brief: "Show us the place you mean.",
    organizer: "Casa Común",
    timeZone: "Europe/Madrid",
    opensAt: "2026-11-09T09:00",
    closesAt: "2026-11-29T20:00",
    hashtags: "#AMinuteOfHome, #casa",
  };

  test("makes an address from the title and plain hashtags", () => {
    const parsed = challengeFormSchema.parse(form);
    expect(parsed.slug).toBe("a-minute-of-home");
    expect(parsed.requiredHashtags).toEqual(["aminuteofhome", "casa"]);
    expect(parsed.postedFrom).toEqual(parsed.opensAt);
  });

  test("gives no challenge the address of a page of the desk", () => {
    const pages = readdirSync("app/routes").flatMap((file) => /^review\.([a-z]+)\.tsx?$/.exec(file)?.[1] ?? []);
    expect(pages).toContain("live");
    for (const title of pages) {
      expect(challengeFormSchema.safeParse({ ...form, title }).error?.issues[0]?.path, title).toEqual(["slug"]);
    }
  });

  test("refuses to close before it opens, at the field", () => {
    const refused = challengeFormSchema.safeParse({ ...form, closesAt: "2026-11-01T00:00" });
    expect(refused.error?.issues.map((issue) => issue.path[0])).toContain("closesAt");
  });
});
