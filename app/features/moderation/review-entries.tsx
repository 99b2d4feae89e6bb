import type { RefObject } from "react";
import {
  bulkVerdicts,
  deskActionSchema,
  type FilledVerdict,
  isBulk,
  isVerdict,
  type ReviewEntry,
  verdictLabels,
} from "./decision";
import { type DeskPlace, deskAddress, firstPage } from "./desk-place";
import { contextPath } from "./entry-context";
import { ReviewCard } from "./review-card";
import { ReviewItem } from "./review-item";
import type { ShownDesk } from "./show-review-desk.server";
import type { ShownEntry } from "./shown-entries";
import type { useCurrentCard } from "./use-current-card";
import type { SentForm } from "./use-unsent-store";
import type { EntryActs } from "./verdict-forms";

/** The entries of the page in the view that the address asks for. */
export function ReviewEntries(props: {
  desk: ShownDesk & { place: DeskPlace };
  visible: readonly ShownEntry[];
  card: ReturnType<typeof useCurrentCard>;
  /** Null where nothing can be decided on several. */
  chosen: readonly ReviewEntry[] | null;
  unsent: readonly SentForm[];
  filled: FilledVerdict | null;
  acts: RefObject<EntryActs>;
}) {
  const { desk, visible, card, chosen, unsent, filled, acts } = props;
  const { place, playerOrigin, settings } = desk;
  const { slug } = desk.challenge;
  const page = deskAddress(slug, place);
  const single = (submissionId: string) => deskAddress(slug, { ...place, view: "single", entry: submissionId });
  const ofEach = ({ entry, left }: ShownEntry) => ({
    entry,
    left,
    unsent: unsentVerdict(unsent, entry.submissionId),
    playerOrigin,
    muted: settings.mutePlayers,
    page,
    selected: chosen === null || left !== null ? null : chosen.includes(entry),
    filled,
    acts,
  });
  const at = visible.findIndex(({ entry }) => entry.submissionId === card.current);
  const alone = place.view === "single" ? visible[at] : undefined;
  const neighbour = (index: number) => {
    const id = visible[index]?.entry.submissionId;
    return id === undefined ? null : { id, address: single(id) };
  };
  return (
    <ul
      className="desk-entries"
      data-view={place.view}
      data-density={place.density}
      data-looking={card.looking || undefined}
      ref={card.list}
      {...card.listeners}
    >
      {alone ? (
        <li key={alone.entry.submissionId}>
          <ReviewItem
            {...ofEach(alone)}
            theirs={deskAddress(slug, { ...firstPage(place), creator: alone.entry.creatorId })}
            known={contextPath(slug, alone.entry.submissionId)}
            place={{ number: at + 1, of: visible.length }}
            before={neighbour(at - 1)}
            after={neighbour(at + 1)}
            onMove={(by) => card.move(by, false)}
          />
        </li>
      ) : (
        visible.map((one) => (
          <li key={one.entry.submissionId}>
            <ReviewCard
              {...ofEach(one)}
              row={place.view === "list"}
              details={single(one.entry.submissionId)}
              current={one.entry.submissionId === card.current}
            />
          </li>
        ))
      )}
    </ul>
  );
}

/** What waits to be said about an entry. */
function unsentVerdict(unsent: readonly SentForm[], submissionId: string): string | null {
  const form = unsent.find(({ leaving }) => leaving.includes(submissionId));
  if (!form) return null;
  const selected = form.fields.flatMap(([name, value]) => (name === "selected" ? [value] : []));
  const sent = deskActionSchema.safeParse({ ...Object.fromEntries(form.fields), selected });
  if (!sent.success) return "Decision";
  if (isVerdict(sent.data)) return verdictLabels[sent.data.intent];
  return isBulk(sent.data) ? verdictLabels[bulkVerdicts[sent.data.intent]] : "Decision";
}
