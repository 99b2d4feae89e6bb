import type { Refusal } from "~/features/answer-refusal.server";
import type { ShownChallenge } from "~/features/challenges/challenge";
import type { RuleChanges } from "~/features/challenges/rule-changes";
import type { Candidate, CandidatePage } from "./list-candidates.server";
import type { VideosView } from "./my-videos";
import type { RuleCheck } from "./submission";

/** Choosing a video for a challenge: what the page shows, and what its form is answered. */

export interface PickerPage extends CandidatePage {
  challenge: ShownChallenge;
  /** Of which it keeps to the search and the place. */
  view: VideosView;
  /** Since the version of the rules that this creator accepted last. */
  changes: RuleChanges | null;
}

/** What the form held when it was sent. A pasted text wins over a picked card. */
interface Sent {
  pasted: string;
  videoId: string;
  rulesVersion: number;
}

/** Why there is nothing to show or nothing was entered; `failed`: the rules that were not met. */
interface PickerRefusal extends Refusal {
  failed: readonly RuleCheck[];
  /** New with every answer, so that each one is said aloud and focused. */
  answerId: string;
}

/** *Look up*: the video that is meant. */
export interface LookedUp extends Sent {
  intent: "look_up";
  found: Candidate | null;
  refused: PickerRefusal | null;
}

interface NotEntered extends Sent {
  intent: "enter";
  refused: PickerRefusal;
  /** In the rules, since the version that this press accepted; null when they were not why. */
  changes: RuleChanges | null;
}

export type PickerAnswer = LookedUp | NotEntered;

const WORTH_LOOKING_UP = /\d{6}|(?:v[mt]\.tiktok\.com|tiktok\.com\/t)\/\w{4}/i;

/** Whether a text in the making can be a video's by now; who is still typing its address is not to be told it is none. */
export function isWorthLookingUp(text: string): boolean {
  return WORTH_LOOKING_UP.test(text);
}

/** How a video stands against all rules, in a few words. */
export function rulesInShort(checks: readonly RuleCheck[]): string {
  const count = (outcome: RuleCheck["outcome"]) => checks.filter((check) => check.outcome === outcome).length;
  const rules = (number: number) => (number === 1 ? "1 rule" : `${number} rules`);
  const failed = count("fail");
  if (failed > 0) return `Does not meet ${rules(failed)}`;
  const unknown = count("unknown");
  if (unknown > 0) return `Meets ${count("pass")} of ${rules(checks.length)}; a person looks at the rest`;
  return checks.length === 1 ? "Meets the rule" : `Meets all ${checks.length} rules`;
}
