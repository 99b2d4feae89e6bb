import { Search } from "lucide-react";
import { Button } from "~/ui/button";
import { OrderLinks } from "~/ui/order-links";
import { type GallerySort, type GalleryView, gallerySearch, gallerySorts, MAX_QUERY } from "./gallery";

const labels: Record<GallerySort, string> = { newest: "Newest", views: "Most views", score: "Most points" };

/** Order and search of a public gallery: links and a plain form, so that every view has an address. */
export function GalleryTools({ path, view }: { path: string; view: GalleryView }) {
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <OrderLinks
        label="Order of the gallery"
        orders={gallerySorts.map((sort) => ({
          to: `${path}${gallerySearch({ ...view, sort, before: null })}#gallery`,
          words: labels[sort],
          current: sort === view.sort,
        }))}
      />
      <search className="w-full xs:w-auto">
        <form method="get" action={`${path}#gallery`} className="flex gap-2">
          {view.sort !== "newest" && <input type="hidden" name="sort" value={view.sort} />}
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
