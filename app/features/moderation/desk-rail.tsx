import { Link } from "~/ui/link";
import { deskTabs, tabLabel } from "./decision";
import { type DeskPlace, deskAddress, firstPage } from "./desk-place";
import type { ShownDesk } from "./show-review-desk.server";

/** Where else there is work: every challenge of the desk, and this one's tabs with what lies in them. */
export function DeskRail({ desk }: { desk: ShownDesk & { place: DeskPlace } }) {
  const { challenge, queue, place } = desk;
  const { view, density, sort } = place;
  const counts = queue.find((row) => row.slug === challenge.slug);
  return (
    <aside className="rail">
      <h2>Challenges</h2>
      <ul>
        {queue.map((row) => (
          <li key={row.slug}>
            <Link
              to={deskAddress(row.slug, { view, density, sort })}
              aria-current={row.slug === challenge.slug ? "true" : undefined}
            >
              <span>{row.title}</span>
              <span className="number">{row.pending.toLocaleString("en")}</span>
            </Link>
          </li>
        ))}
      </ul>
      <h2>{challenge.title}</h2>
      <ul>
        {deskTabs.map((name) => (
          <li key={name}>
            <Link
              to={deskAddress(challenge.slug, { ...firstPage(place), tab: name })}
              aria-current={name === place.tab ? "page" : undefined}
            >
              <span>{tabLabel(name)}</span>
              <span className="number" data-testid={name === "pending" ? "queue-count" : undefined}>
                {(counts?.[name] ?? 0).toLocaleString("en")}
              </span>
            </Link>
          </li>
        ))}
        <li>
          <Link to={`/review/${challenge.slug}/rules`}>Rules that help</Link>
        </li>
      </ul>
    </aside>
  );
}
