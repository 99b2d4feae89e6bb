import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import { type AuditChange, type AuditEntry, searchOf } from "./audit-filter";

/** Lines of the log: what and when, by whom on what, what it changed and why. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <ol className="panel divide-y divide-line" aria-label="Lines">
      {entries.map(({ id, at, by, action, target, changes, reason, requestId }) => (
        <li key={id} className="grid gap-x-8 gap-y-3 px-5 py-4 lg:grid-cols-[220px_4fr_3fr]">
          <div className="grid content-start gap-1">
            <code className="font-semibold text-ink-strong">{action}</code>
            <p className="text-ink-muted">
              <Time at={at} />
            </p>
          </div>
          <div className="grid min-w-0 content-start gap-1">
            <p>
              <span className="text-ink-muted">By </span>
              <Actor by={by} />
            </p>
            <p>
              <span className="text-ink-muted">On </span>
              <Target target={target} />
            </p>
          </div>
          <div className="grid min-w-0 content-start gap-1">
            {changes.map((change) => (
              <Change key={change.field} change={change} />
            ))}
            {reason !== null && (
              <p>
                <span className="text-ink-muted">Why </span>
                {reason}
              </p>
            )}
            {requestId !== null && (
              <p className="hint">
                Request{" "}
                <Link className="break-all" to={`/admin/audit${searchOf({ request: requestId })}`}>
                  {requestId}
                </Link>
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Actor({ by }: { by: AuditEntry["by"] }) {
  switch (by.kind) {
    case "operator":
      return <strong>the operator</strong>;
    case "system":
      return <strong>TrendPot itself</strong>;
    case "user":
      return (
        <>
          <strong>{by.name ?? "somebody who deleted their data"}</strong>{" "}
          {by.id !== null && <Id id={by.id} to={searchOf({ person: by.id })} />}
        </>
      );
  }
}

/** What there is one of has its kind for an id. */
function Target({ target: { kind, id, name } }: { target: AuditEntry["target"] }) {
  return (
    <>
      {kind.replaceAll("_", " ")} {name !== null && <strong>{name}</strong>}{" "}
      {id !== kind && <Id id={id} to={searchOf({ target: id })} />}
    </>
  );
}

/** Leads to all there is about it. */
function Id({ id, to }: { id: string; to: string }) {
  return (
    <Link className="hint break-all" to={`/admin/audit${to}`}>
      {id}
    </Link>
  );
}

function Change({ change: { field, before, after } }: { change: AuditChange }) {
  return (
    <p className="break-words">
      <span className="text-ink-muted">{field} </span>
      {before !== null && before !== after && (
        <>
          <del className="text-ink-muted">{before}</del> <span aria-hidden="true">→</span>{" "}
        </>
      )}
      {after !== null ? <ins className="no-underline">{after}</ins> : <span className="text-ink-muted">nothing</span>}
    </p>
  );
}
