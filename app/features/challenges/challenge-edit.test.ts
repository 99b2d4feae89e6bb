import { describe, expect, test } from "vitest";
import { areRules, changesOf, fillIn, fixedIn, nextSlug, whatStands } from "./challenge-edit";
import { type ChallengeContent, challengeFormSchema } from "./challenge-form";

const content: ChallengeContent = {
  title: "A Minute of Home",
  slug: "a-minute-of-home",
  brief: "Show us the place\nyou mean.",
  organizer: "Casa Común",
  prize: null,
  timeZone: "Europe/Madrid",
  // Made by a program: a form shows no seconds.
  opensAt: new Date("2026-11-09T08:00:25.120Z"),
  closesAt: new Date("2026-11-29T19:00:25Z"),
  postedFrom: new Date("2026-11-09T08:00:25.120Z"),
  requiredHashtags: ["aminuteofhome", "casa"],
  minDurationSeconds: null,
  maxDurationSeconds: 60,
  entriesPerCreator: 3,
  aiPolicy: "not_allowed",
  counting: "gain",
  pointsViews: 1,
  pointsLikes: 0,
  pointsComments: 20,
  pointsShares: 25,
};
const changed = (fields: Record<string, string>) =>
  changesOf(content, challengeFormSchema.parse({ ...fillIn(content), ...fields }));

describe("a challenge in its form", () => {
  test("changes nothing when it is saved as it is shown, as a browser sends it", () => {
    expect(changed({})).toEqual([]);
    expect(changed({ brief: "Show us the place\r\nyou mean. ", hashtags: "AMinuteOfHome casa" })).toEqual([]);
  });

  test("changes what is filled in otherwise, and what hangs on that", () => {
    expect(changed({ title: "Home", prize: "€500" })).toEqual(["title", "prize"]);
    expect(changed({ closesAt: "2026-11-29T20:01" })).toEqual(["closesAt"]);
    // Videos count from the opening while nothing else is said.
    expect(changed({ opensAt: "2026-11-10T09:00" })).toEqual(["opensAt", "postedFrom"]);
    // The same words of a clock are other instants elsewhere.
    expect(changed({ timeZone: "UTC" })).toEqual(["timeZone", "opensAt", "closesAt", "postedFrom"]);
  });

  test("new rules are those that an entry is judged or ranked by", () => {
    expect(areRules(changed({ title: "Home", prize: "€500", brief: "Show us another place." }))).toBe(false);
    expect(areRules(changed({ hashtags: "" }))).toBe(true);
    expect(areRules(changed({ closesAt: "2026-12-29T20:00" }))).toBe(true);
    expect(areRules(changed({ pointsLikes: "5" }))).toBe(true);
  });

  test("says what stands where it differs", () => {
    const form = challengeFormSchema.parse({ ...fillIn(content), prize: "€500", maxDurationSeconds: "" });
    expect(whatStands(content, form)).toEqual({
      prize: ["It is empty now."],
      maxDurationSeconds: ["It is “60” now."],
    });
  });

  test("keeps its address from its publication, its opening and recipe from the opening, its rules from the deadline", () => {
    const all = Object.keys(fillIn(content));
    const free = (phase: keyof typeof fixedIn) => all.filter((field) => !fixedIn[phase]?.some((one) => one === field));
    expect(free("draft")).toEqual(all);
    expect(free("scheduled")).toEqual(all.filter((field) => field !== "slug"));
    expect(free("open")).toEqual(free("paused"));
    expect(free("open")).toEqual([
      ...["title", "brief", "organizer", "prize", "closesAt", "postedFrom", "hashtags"],
      ...["minDurationSeconds", "maxDurationSeconds", "entriesPerCreator", "aiPolicy"],
    ]);
    expect(free("reviewing")).toEqual(["title", "brief", "organizer", "prize"]);
  });

  test("a copy has the next number in its address", () => {
    expect(nextSlug("home")).toBe("home-2");
    expect(nextSlug("home-2")).toBe("home-3");
    expect(nextSlug("x".repeat(80))).toHaveLength(72);
  });
});
