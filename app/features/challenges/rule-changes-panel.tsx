import { ArrowRight } from "lucide-react";
import type { RuleChanges } from "./rule-changes";

/** What a creator accepts anew when they accept the rules in force. */
export function RuleChangesPanel({ changes: { from, to, changes } }: { changes: RuleChanges }) {
  return (
    <section className="panel my-6 p-5" aria-labelledby="rule-changes">
      <h2 id="rule-changes" className="text-lead">
        What changed in the rules
      </h2>
      <p className="mt-1 text-ink-muted">
        You know version {from}; version {to} is in force. By entering you accept it.
      </p>
      {changes.length === 0 ? (
        <p className="mt-3">It asks the same of you.</p>
      ) : (
        <dl className="rule-changes">
          {changes.map(({ rule, before, after }) => (
            <div key={rule}>
              <dt>{rule}</dt>
              <dd>
                <del>
                  <span className="sr-only">before: </span>
                  {before}
                </del>
                <ArrowRight size={14} aria-hidden="true" />
                <ins>
                  <span className="sr-only">now: </span>
                  {after}
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
