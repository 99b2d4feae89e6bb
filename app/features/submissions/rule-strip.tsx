import { Check, CircleHelp, X } from "lucide-react";
import type { RuleCheck } from "./submission";

const looks = {
  pass: { tone: "tone-approved", Icon: Check, word: "meets" },
  fail: { tone: "tone-rejected", Icon: X, word: "does not meet" },
  unknown: { tone: "tone-pending", Icon: CircleHelp, word: "cannot be told for" },
};

/** One mark per rule; its words, with the value that was seen, are read out and shown on hover. */
export function RuleStrip({ checks }: { checks: readonly RuleCheck[] }) {
  return (
    <ul className="rule-strip" aria-label="Rules">
      {checks.map(({ rule, outcome, asks, seen }) => {
        const { tone, Icon, word } = looks[outcome];
        return (
          <li key={rule} className={tone} title={`${asks}: ${seen}`}>
            <Icon size={13} strokeWidth={2.5} aria-hidden="true" />
            <span className="sr-only">
              {word} “{asks}”: {seen}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The first rule that is not met, or that nobody can tell, with the value that was seen: for eyes that cannot hover. */
export function RuleWhy({ checks }: { checks: readonly RuleCheck[] }) {
  const worst = checks.find(({ outcome }) => outcome === "fail") ?? checks.find(({ outcome }) => outcome === "unknown");
  if (!worst) return null;
  return (
    <p className={`rule-why ${looks[worst.outcome].tone}`} aria-hidden="true">
      {worst.rule === "hashtags" ? worst.seen : `${worst.asks}: ${worst.seen}`}
    </p>
  );
}

/** The same in full: a line per rule, for where a decision is made. */
export function RuleList({ checks }: { checks: readonly RuleCheck[] }) {
  return (
    <ul className="rule-list">
      {checks.map(({ rule, outcome, asks, seen }) => {
        const { tone, Icon, word } = looks[outcome];
        return (
          <li key={rule}>
            <span className={`rule-mark ${tone}`}>
              <Icon size={13} strokeWidth={2.5} aria-hidden="true" />
              <span className="sr-only">{word}</span>
            </span>
            <span>{asks}</span>
            <span className="text-ink-muted">{seen}</span>
          </li>
        );
      })}
    </ul>
  );
}
