import { Search } from "lucide-react";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { type GallerySort, type GalleryView, gallerySearch, gallerySorts } from "./gallery";

const labels: Record<GallerySort, string> = { newest: "Newest", views: "Most views", score: "Most points" };

/** Order and search of a public gallery: links and a plain form, so that every view has an address. */
export function GalleryTools({ path, view }: { path: string; view: GalleryView }) {
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <nav aria-label="Order of the gallery">
        <ul className="orders">
          {gallerySorts.map((sort) => (
            <li key={sort}>
              <Link
                to={`${path}${gallerySearch({ ...view, sort, before: null })}#gallery`}
                aria-current={sort === view.sort ? "true" : undefined}
              >
                {labels[sort]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <search className="w-full xs:w-auto">
        <form method="get" action={`${path}#gallery`} className="flex gap-2">
          {view.sort !== "newest" && <input type="hidden" name="sort" value={view.sort} />}
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
