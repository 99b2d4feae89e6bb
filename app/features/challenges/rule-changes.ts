import type { ChallengeRules } from "./challenge";
import { aiWords, durationInWords, entriesInWords, hashtagsInWords, pointsInWords } from "./rules-in-words";

/** What a newer version of a challenge's rules asks otherwise. */

/** In words, before and after. */
interface RuleChange {
  rule: string;
  before: string;
  after: string;
}

/** Between the version that a creator knows and the one in force. */
export interface RuleChanges {
  from: number;
  to: number;
  changes: RuleChange[];
}

/** What differs between two versions of the rules, rule by rule; times are told in the challenge's own time zone. */
export function diffRules(before: ChallengeRules, after: ChallengeRules, timeZone: string): RuleChange[] {
  const was = tell(before, timeZone);
  return tell(after, timeZone).flatMap(({ rule, words }, index) => {
    const old = was[index]?.words;
    return old === undefined || old === words ? [] : [{ rule, before: old, after: words }];
  });
}

/** Each rule in words that say all of it: they differ where the rule does. */
function tell(rules: ChallengeRules, timeZone: string): { rule: string; words: string }[] {
  const { format } = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone });
  return [
    { rule: "Posted between", words: `${format(rules.postedFrom)} and ${format(rules.postedUntil)}` },
    { rule: "Hashtags", words: hashtagsInWords(rules.requiredHashtags.toSorted()) || "None" },
    { rule: "Length", words: durationInWords(rules) ?? "Any" },
    { rule: "Entries per creator", words: entriesInWords(rules.entriesPerCreator) },
    { rule: "AI-generated videos", words: aiWords[rules.aiPolicy].title },
    { rule: "Points", words: pointsInWords(rules) },
  ];
}
