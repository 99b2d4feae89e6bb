import { Search } from "lucide-react";
import { Button } from "~/ui/button";
import { OrderLinks } from "~/ui/order-links";
import {
  type GalleryShow,
  type GallerySort,
  type GalleryView,
  gallerySearch,
  gallerySorts,
  MAX_QUERY,
} from "./gallery";

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
      <OrderLinks
        label="Order of the gallery"
        orders={gallerySorts.map((sort) => ({
          to: to({ sort }),
          words: sortLabels[sort],
          current: sort === view.sort,
        }))}
      />
      {shows.length > 0 && (
        <OrderLinks
          label="Entries in the gallery"
          orders={(["all", ...shows] as const).map((show) => ({
            to: to({ show }),
            words: showLabels[show],
            current: show === view.show,
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
            maxLength={MAX_QUERY}
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
