import type { ChallengeAct } from "~/features/challenges/challenge-form";
import type { Verdict } from "~/features/moderation/decision";

/** What the demo's world is made of: challenges with their dates, and what becomes of the entries. */

export interface PlannedChallenge {
  form: Record<string, string>;
  /** Days from today. */
  opens: number;
  closes: number;
  /** Acts of the admin, and when (days from today). */
  acts: readonly (readonly [act: ChallengeAct, day: number])[];
}

export const planned = {
  home: {
    form: {
      title: "A Minute of Home",
      brief:
        "Show us the place you mean when you say home. Your kitchen, your street, your cat at the window. Sixty seconds, any language, no budget needed.",
      organizer: "Casa Común",
      prize: "€2,000",
      timeZone: "Europe/Madrid",
      hashtags: "#aminuteofhome",
      minDurationSeconds: "20",
      maxDurationSeconds: "60",
      entriesPerCreator: "3",
    },
    opens: -14,
    closes: 6,
    acts: [["publish", -20]],
  },
  pan: {
    form: {
      title: "One-Pan Wonders",
      brief: "Dinner in a single pan and under a minute. Show the pan, show the fire, show the first bite.",
      organizer: "The Sunday Table",
      prize: "€1,500",
      timeZone: "Europe/London",
      hashtags: "#onepanwonders",
      maxDurationSeconds: "60",
      entriesPerCreator: "2",
    },
    opens: -36,
    closes: -2,
    acts: [["publish", -40]],
  },
  hours: {
    form: {
      title: "Small Hours",
      brief: "The city between midnight and five. Night buses, bakeries, empty squares, whoever is still awake.",
      organizer: "Nightshift Collective",
      prize: "€1,200",
      timeZone: "Europe/Berlin",
      hashtags: "#smallhours",
      maxDurationSeconds: "90",
      entriesPerCreator: "2",
    },
    opens: 3,
    closes: 24,
    acts: [["publish", -3]],
  },
  animals: {
    form: {
      title: "Good Animals",
      brief: "Patience, mischief and one very loud parrot. Animals being themselves, nobody dressed up.",
      organizer: "Shelter Friends",
      prize: "€1,000",
      timeZone: "Europe/Madrid",
      hashtags: "#goodanimals",
      entriesPerCreator: "2",
    },
    opens: -60,
    closes: -29,
    acts: [["publish", -62]],
  },
  rain: {
    form: {
      title: "Rain Songs",
      brief: "The sound of weather where you live, and what you do while it lasts. No music over it, please.",
      organizer: "Casa Común",
      timeZone: "America/Sao_Paulo",
      hashtags: "#rainsongs",
      entriesPerCreator: "1",
    },
    opens: -5,
    closes: 20,
    acts: [
      ["publish", -6],
      ["pause", -1],
    ],
  },
  mornings: {
    form: {
      title: "Slow Mornings",
      brief: "An hour before anybody wants anything from you. Still being written; nobody sees this yet.",
      organizer: "The Sunday Table",
      timeZone: "Europe/London",
      entriesPerCreator: "1",
    },
    opens: 10,
    closes: 30,
    acts: [],
  },
} as const satisfies Record<string, PlannedChallenge>;

export type ChallengeName = keyof typeof planned;

/** What becomes of an entry; most are approved. */
export type Fate = "wait" | "withdraw" | "appeal" | Exclude<Verdict["intent"], "reopen">;

/** Dealt out in this order, over and over, so that every state stands in the demo. */
export const fates: Record<"home" | "pan" | "animals", readonly Fate[]> = {
  home: ["approve", "approve", "wait", "approve", "approve", "reject", "approve", "wait", "approve", "flag"].concat([
    "approve",
    "request_change",
    "approve",
    "approve",
    "appeal",
    "approve",
    "disqualify",
    "approve",
    "approve",
    "wait",
    "approve",
    "withdraw",
    "approve",
    "approve",
    "remove",
    "approve",
    "wait",
    "approve",
    "approve",
    "wait",
  ]) as Fate[],
  pan: ["approve", "approve", "wait", "approve", "approve", "approve", "reject", "approve", "wait", "approve"],
  animals: ["approve", "approve", "approve", "reject", "approve", "approve", "approve"],
};
