import { spanWords } from "~/features/submissions/review-wait";
import { DataTable } from "~/ui/data-table";
import { Time } from "~/ui/time";
import type { JobsStanding, QueueStanding } from "./jobs-standing";

const format = (count: number) => count.toLocaleString("en");

/** How far behind the work is. */
export function FreshnessFigures({ syncLagSeconds, numbers }: Pick<JobsStanding, "syncLagSeconds" | "numbers">) {
  const age = (seconds: number | undefined) => (seconds === undefined ? "–" : spanWords(seconds));
  return (
    <dl className="figures">
      <div className="panel">
        <dt>Oldest sync that has not ended</dt>
        <dd>{syncLagSeconds === null ? "None waits" : spanWords(syncLagSeconds)}</dd>
      </div>
      <div className="panel">
        <dt>Half of the numbers are younger than</dt>
        <dd>{age(numbers?.half)}</dd>
      </div>
      <div className="panel">
        <dt>95 of 100 are younger than</dt>
        <dd>{age(numbers?.most)}</dd>
      </div>
      <div className="panel">
        <dt>The oldest numbers</dt>
        <dd>{age(numbers?.oldest)}</dd>
      </div>
    </dl>
  );
}

/** Each queue with what lies in it, and for those with a schedule when it last ran. */
export function QueuesTable({ queues }: { queues: readonly QueueStanding[] }) {
  return (
    <DataTable label="Queues">
      <thead>
        <tr>
          <th scope="col">Queue</th>
          {["Waiting", "Active", "Trying again", "Failed"].map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
          <th scope="col">Schedule (UTC)</th>
          <th scope="col">Last ran</th>
        </tr>
      </thead>
      <tbody>
        {queues.map(({ name, failed, schedule, ...queue }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            {(["waiting", "active", "retrying"] as const).map((state) => (
              <td key={state} className="number">
                {format(queue[state])}
              </td>
            ))}
            <td className={failed > 0 ? "number font-semibold text-rejected" : "number"}>{format(failed)}</td>
            <td>{schedule ? <code>{schedule.cron}</code> : <span className="text-ink-muted">When asked</span>}</td>
            <td>{schedule && (schedule.lastAt === null ? "Not in a week" : <Time at={schedule.lastAt} />)}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

/** What went wrong, most often first. */
export function FailuresTable({ shown, more }: JobsStanding["failures"]) {
  return (
    <>
      <DataTable label="Failures by reason">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Of</th>
            <th scope="col" className="number">
              How many
            </th>
            <th scope="col">Last</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ queue, reason, count, latestAt }) => (
            <tr key={`${queue} ${reason}`}>
              <th scope="row" className="min-w-60 !whitespace-normal break-words">
                {reason}
              </th>
              <td>{queue === null ? "Syncs that ended" : <code>{queue}</code>}</td>
              <td className="number">{format(count)}</td>
              <td>
                <Time at={latestAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      {more > 0 && <p className="hint mt-2">{format(more)} more reasons are in the log.</p>}
    </>
  );
}
