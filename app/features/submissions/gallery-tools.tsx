import { Search } from "lucide-react";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { type GalleryShow, type GallerySort, type GalleryView, gallerySearch, gallerySorts } from "./gallery";

const sortLabels: Record<GallerySort, string> = { newest: "Newest", views: "Most views", score: "Most points" };
const showLabels: Record<GalleryShow, string> = {
  all: "All",
  day: "Last day",
  week: "Last week",
  ai: "AI-labelled",
};

/** Order, choice and search of a public gallery: links and a plain form, so that every view has an address. */
export function GalleryTools(props: {
  path: string;
  view: GalleryView;
  /** What can be chosen beside all entries. */
  shows: readonly GalleryShow[];
}) {
  const { path, view, shows } = props;
  const to = (change: Partial<GalleryView>) => `${path}${gallerySearch({ ...view, ...change, before: null })}#gallery`;
  return (
    <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-3">
      <Choice
        name="Order of the gallery"
        options={gallerySorts.map((sort) => ({
          to: to({ sort }),
          label: sortLabels[sort],
          chosen: sort === view.sort,
        }))}
      />
      {shows.length > 0 && (
        <Choice
          name="Entries in the gallery"
          options={(["all", ...shows] as const).map((show) => ({
            to: to({ show }),
            label: showLabels[show],
            chosen: show === view.show,
          }))}
        />
      )}
      <search className="w-full xs:ml-auto xs:w-auto">
        <form method="get" action={`${path}#gallery`} className="flex gap-2">
          {view.sort !== "newest" && <input type="hidden" name="sort" value={view.sort} />}
          {view.show !== "all" && <input type="hidden" name="show" value={view.show} />}
          <input
            className="input xs:w-60"
            type="search"
            name="q"
            aria-label="Creator or words of a caption"
            placeholder="Creator or caption"
            maxLength={80}
            defaultValue={view.query}
          />
          <Button type="submit" aria-label="Search the gallery" className="btn-icon flex-none">
            <Search size={16} aria-hidden="true" />
          </Button>
        </form>
      </search>
    </div>
  );
}

function Choice({ name, options }: { name: string; options: { to: string; label: string; chosen: boolean }[] }) {
  return (
    <nav aria-label={name}>
      <ul className="orders">
        {options.map(({ to, label, chosen }) => (
          <li key={label}>
            <Link to={to} aria-current={chosen ? "true" : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
