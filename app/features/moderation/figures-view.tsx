import type { ReactNode } from "react";
import { spanWords } from "~/features/submissions/review-wait";
import { BarChart, ShareBar } from "~/ui/bar-chart";
import { DataTable } from "~/ui/data-table";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { Figures, ShownFigures } from "./figures";

const format = (count: number) => count.toLocaleString("en");
const span = (seconds: number | null) => (seconds === null ? "–" : spanWords(seconds));

/** The review of a period in figures: all together, day by day, by challenge and by moderator. */
export function FiguresView({ figures }: { figures: ShownFigures }) {
  const { total, challenges, moderators, days } = figures;
  return (
    <>
      <dl className="figures">
        <Figure label="Decided">{format(total.decided)}</Figure>
        <Figure label="Half within">{span(total.median)}</Figure>
        <Figure label="Nine in ten within">{span(total.p90)}</Figure>
        <Figure label="Overturned">{format(total.overturned)}</Figure>
        <Figure label="Undone">{format(total.undone)}</Figure>
      </dl>
      <Part id="days" title="Decisions a day">
        <Days days={days} />
      </Part>
      <Part id="moderators" title="By moderator">
        <FiguresTable
          label="Figures by moderator"
          first="Moderator"
          rows={moderators.map((row) => ({ ...row, key: row.userId, name: <span dir="auto">{row.name}</span> }))}
        />
      </Part>
      <Part id="challenges" title="By challenge">
        <FiguresTable
          label="Figures by challenge"
          first="Challenge"
          rows={challenges.map((row) => ({
            ...row,
            key: row.slug,
            name: <Link to={`/review/${row.slug}`}>{row.title}</Link>,
          }))}
        />
      </Part>
    </>
  );
}

function Days({ days }: Pick<ShownFigures, "days">) {
  const [first] = days;
  const last = days.at(-1);
  const busiest = days.reduce<(typeof days)[number] | null>(
    (most, day) => (most && most.decided >= day.decided ? most : day),
    null,
  );
  if (!first || !last || !busiest) return null;
  const summary = `Decisions a day over ${days.length} days; the most were ${format(busiest.decided)} on ${dayWords(busiest.day)}`;
  return (
    <figure className="panel p-5">
      <BarChart
        summary={summary}
        bars={days.map(({ day, decided }) => ({
          key: day,
          value: decided,
          words: `${dayWords(day)}: ${format(decided)}`,
        }))}
      />
      <figcaption className="mt-2 flex justify-between gap-4 text-[0.75rem] text-ink-muted">
        <Time at={first.day} withTime={false} />
        <span>At most {format(busiest.decided)} a day</span>
        <Time at={last.day} withTime={false} />
      </figcaption>
      <details className="mt-3">
        <summary className="cursor-pointer text-[0.8125rem]">The same as a table</summary>
        <div className="mt-3">
          <DataTable label="Decisions a day">
            <thead>
              <tr>
                <th scope="col">Day (UTC)</th>
                <th scope="col" className="number">
                  Decided
                </th>
                <th scope="col">Half within</th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, decided, median }) => (
                <tr key={day}>
                  <th scope="row">
                    <Time at={day} withTime={false} />
                  </th>
                  <td className="number">{format(decided)}</td>
                  <td>{span(median)}</td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </div>
      </details>
    </figure>
  );
}

function FiguresTable(props: {
  label: string;
  first: string;
  rows: readonly (Figures & { key: string; name: ReactNode })[];
}) {
  const { label, first, rows } = props;
  const slowest = Math.max(0, ...rows.map(({ median }) => median ?? 0));
  return (
    <DataTable label={label}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {["Decided", "Approved", "Rejected", "Changes", "Flagged", "Taken out"].map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
          <th scope="col">Half within</th>
          <th scope="col">Nine in ten within</th>
          <th scope="col" className="number">
            Overturned
          </th>
          <th scope="col" className="number">
            Undone
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.name}</th>
            <td className="number font-semibold text-ink-strong">{format(row.decided)}</td>
            <td className="number">{format(row.approved)}</td>
            <td className="number">{format(row.rejected)}</td>
            <td className="number">{format(row.changesRequested)}</td>
            <td className="number">{format(row.flagged)}</td>
            <td className="number">{format(row.takenOut)}</td>
            <td className="whitespace-nowrap">
              {span(row.median)}
              {row.median !== null && slowest > 0 && <ShareBar share={row.median / slowest} />}
            </td>
            <td className="whitespace-nowrap">{span(row.p90)}</td>
            <td className="number">{format(row.overturned)}</td>
            <td className="number">{format(row.undone)}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="panel">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="mt-10" aria-labelledby={id}>
      <h2 id={id} className="mb-4">
        {title}
      </h2>
      {children}
    </section>
  );
}

const dayWords = (day: string) =>
  new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day));
