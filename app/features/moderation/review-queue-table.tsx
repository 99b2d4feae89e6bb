import { TriangleAlert } from "lucide-react";
import { PhaseChip } from "~/features/challenges/phase-chip";
import { Chip } from "~/ui/chip";
import { DataTable } from "~/ui/data-table";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { QueueRow } from "./list-review-queue.server";

/** A row per challenge: what waits, and since when. */
export function ReviewQueueTable({ queue }: { queue: readonly QueueRow[] }) {
  return (
    <DataTable label="Review queue">
      <thead>
        <tr>
          <th scope="col">Challenge</th>
          <th scope="col" className="number">
            Pending
          </th>
          <th scope="col">Overdue</th>
          <th scope="col">Oldest</th>
          <th scope="col" className="number">
            Flagged
          </th>
          <th scope="col" className="number">
            Approved
          </th>
          <th scope="col" className="number">
            Held
          </th>
          <th scope="col" className="number">
            Rejected
          </th>
          <th scope="col" className="number">
            Appeals
          </th>
          <th scope="col" className="number">
            Reported
          </th>
        </tr>
      </thead>
      <tbody>
        {queue.map((row) => (
          <tr key={row.slug}>
            <th scope="row">
              <span className="flex flex-wrap items-center gap-2">
                <Link to={`/review/${row.slug}`}>{row.title}</Link>
                <PhaseChip phase={row.phase} />
              </span>
            </th>
            <td className="number font-semibold text-ink-strong">{row.pending}</td>
            <td>
              {row.overdue === 0 ? (
                <span className="text-ink-muted">None</span>
              ) : (
                <Chip tone="rejected" icon={TriangleAlert}>
                  {row.overdue.toLocaleString("en")} overdue
                </Chip>
              )}
            </td>
            <td>{row.oldestPendingAt ? <Time at={row.oldestPendingAt} /> : "None waits"}</td>
            <td className="number">{row.flagged}</td>
            <td className="number">{row.approved}</td>
            <td className="number">
              {row.held === 0 ? 0 : <Link to={`/review/${row.slug}?tab=held`}>{row.held}</Link>}
            </td>
            <td className="number">{row.rejected}</td>
            <td className="number">{row.appeals}</td>
            <td className="number">{row.reported === 0 ? 0 : <Link to="/review/reports">{row.reported}</Link>}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
