import { actWords, conditionWords, type ReviewRule } from "~/features/submissions/review-rule";

/** When a rule does something, and what. */
export function RuleWords({ rule: { match, conditions, act } }: { rule: ReviewRule }) {
  return (
    <div>
      {conditions.length === 1 && <p className="break-words">If {conditions.map(conditionWords)}:</p>}
      {conditions.length > 1 && (
        <>
          <p>If {match === "all" ? "all of these hold" : "any of these holds"}:</p>
          <ul className="list-disc pl-6 break-words">
            {conditions.map((condition) => (
              <li key={condition.on}>{conditionWords(condition)}</li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-1 font-semibold text-ink-strong">{actWords(act)}.</p>
    </div>
  );
}
