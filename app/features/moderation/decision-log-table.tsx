import { reasonWords } from "~/features/submissions/reason";
import { DataTable } from "~/ui/data-table";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { type LoggedDecision, verdictWords } from "./decision-log";

/** A row per decision: when, what, on which entry, by whom and why. */
export function DecisionLogTable({ decisions }: { decisions: readonly LoggedDecision[] }) {
  return (
    <DataTable label="Decisions" className="decision-log">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Decision</th>
          <th scope="col">By</th>
          <th scope="col">Entry</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {decisions.map((decision) => (
          <tr key={decision.id} data-state={decision.verdict}>
            <td>
              <Time at={decision.at} />
            </td>
            <th scope="row">
              {decision.undone ? (
                <>
                  <s>{verdictWords(decision.verdict)}</s> <span className="hint">undone</span>
                </>
              ) : (
                verdictWords(decision.verdict)
              )}
              {decision.appeal && <span className="hint block">{appealWords(decision.appeal)}</span>}
            </th>
            <td dir="auto">{decision.by}</td>
            <td>
              <span className="block" dir="auto">
                {decision.creator ?? "Removed entry"}
              </span>
              <Link className="hint" to={`/review/${decision.challenge.slug}`}>
                {decision.challenge.title}
              </Link>
            </td>
            <td className="why">
              {decision.reason && <span className="block">{reasonWords(decision.reason)}</span>}
              {decision.message && (
                <span className="hint block" dir="auto">
                  {decision.message}
                </span>
              )}
              {decision.note && (
                <span className="hint block" dir="auto">
                  Note: {decision.note}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function appealWords({ outcome, by }: NonNullable<LoggedDecision["appeal"]>): string {
  if (outcome === "open") return "Appeal open";
  const words = outcome === "upheld" ? "Appeal upheld" : "Appeal dismissed";
  return by ? `${words} by ${by}` : words;
}
