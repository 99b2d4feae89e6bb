import { Form } from "@remix-run/react";
import { Grid2x2, Grid3x3, type LucideIcon, Rows3, Rows4, Square, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";
import { type DeskPlace, type DeskView, deskAddress, deskViews, firstPage, saidOf, TAG } from "./desk-place";

const viewLooks: Record<DeskView, { label: string; icon: LucideIcon }> = {
  grid: { label: "Grid", icon: Grid2x2 },
  list: { label: "List", icon: Rows3 },
  single: { label: "Single", icon: Square },
};
const sortLabels: Record<DeskPlace["sort"], string> = { oldest: "Longest waiting first", newest: "Newest first" };
const rulesLabels = { met: "Meets every rule", unclear: "A rule is unclear" };

/** How the entries lie before the moderator, and which of them. All of it is in the address. */
export function DeskTools({
  slug,
  place,
  creatorName,
}: {
  slug: string;
  place: DeskPlace;
  creatorName: string | null;
}) {
  const { view, density, sort, rules, creator, tag } = place;
  const Dense = view === "list" ? Rows4 : Grid3x3;
  const to = (change: Partial<DeskPlace>) => deskAddress(slug, { ...firstPage(place), ...change });
  return (
    <div className="desk-tools">
      <details>
        <summary className="btn">{[sortLabels[sort], rules && rulesLabels[rules]].filter(Boolean).join(", ")}</summary>
        <div className="desk-menu">
          <Choices label="Order">
            {(["oldest", "newest"] as const).map((order) => (
              <Choice key={order} to={to({ sort: order })} chosen={order === sort}>
                {sortLabels[order]}
              </Choice>
            ))}
          </Choices>
          <Choices label="Rules">
            {([undefined, "met", "unclear"] as const).map((outcome) => (
              <Choice key={outcome ?? "all"} to={to({ rules: outcome })} chosen={outcome === rules}>
                {outcome ? rulesLabels[outcome] : "All entries"}
              </Choice>
            ))}
          </Choices>
          <TagForm key={tag} slug={slug} place={place} />
        </div>
      </details>
      {tag !== undefined && (
        <Link to={to({ tag: undefined })} className="btn" aria-label={`#${tag}: entries with any hashtag`}>
          <span className="max-w-40 truncate" dir="auto">
            #{tag}
          </span>{" "}
          <X size={14} aria-hidden="true" />
        </Link>
      )}
      {creator !== undefined && (
        <Link to={to({ creator: undefined })} className="btn" aria-label="Entries of every creator">
          <span dir="auto">Only {creatorName ?? "one creator"}</span> <X size={14} aria-hidden="true" />
        </Link>
      )}
      <nav aria-label="View" className="segments">
        {deskViews.map((name) => {
          const { label, icon: Icon } = viewLooks[name];
          return (
            <Link
              key={name}
              to={deskAddress(slug, { ...place, entry: undefined, view: name })}
              aria-current={name === view ? "true" : undefined}
            >
              <Icon size={15} aria-hidden="true" /> {label}
            </Link>
          );
        })}
      </nav>
      {view !== "single" && (
        <Link
          to={deskAddress(slug, { ...place, density: density === "dense" ? "roomy" : "dense" })}
          className="btn"
          aria-current={density === "dense" ? "true" : undefined}
        >
          <Dense size={15} aria-hidden="true" /> Dense
        </Link>
      )}
    </div>
  );
}

/** Any hashtag may be asked for, so it is typed. */
function TagForm({ slug, place }: { slug: string; place: DeskPlace }) {
  return (
    <Form method="get" action={deskAddress(slug, {})}>
      {saidOf({ ...firstPage(place), tag: undefined }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field id="desk-tag" label="Hashtag in the caption">
        {(wiring) => (
          <div className="flex gap-2">
            <input
              name="tag"
              className="input min-w-0"
              defaultValue={place.tag && `#${place.tag}`}
              pattern={`\\s*#?${TAG}\\s*`}
              title="One hashtag, of letters and digits"
              maxLength={100}
              autoCapitalize="none"
              autoComplete="off"
              dir="auto"
              {...wiring}
            />
            <Button type="submit">Show</Button>
          </div>
        )}
      </Field>
    </Form>
  );
}

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label}>
      <h2>{label}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function Choice({ to, chosen, children }: { to: string; chosen: boolean; children: ReactNode }) {
  return (
    <li>
      <Link to={to} aria-current={chosen ? "true" : undefined}>
        {children}
      </Link>
    </li>
  );
}
