import { Form } from "@remix-run/react";
import { Search } from "lucide-react";
import { type Availability, availabilities } from "~/features/videos/video";
import { Button, ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { OrderLinks } from "~/ui/order-links";
import { SelectField } from "~/ui/select-field";
import { MAX_QUERY } from "./gallery";
import {
  type AiLabel,
  aiLabels,
  everyVideo,
  isNarrowed,
  type VideoSort,
  type VideosView,
  videoSorts,
  videosSearch,
} from "./my-videos";

const sortLabels: Record<VideoSort, string> = {
  newest: "Newest",
  views: "Most views",
  refreshed: "Oldest numbers",
};
const availabilityLabels: Record<Availability, string> = {
  public: "Public",
  unconfirmed: "Not found last time",
  unavailable: "Not public",
};
const aiWords: Record<AiLabel, string> = { labelled: "Labelled", unlabelled: "Not labelled", unknown: "Not known" };

/** Order, search and filters of a creator's own videos, all of it in the address. `readsAi`: TikTok is asked for its AI label. */
export function MyVideosTools({ view, readsAi }: { view: VideosView; readsAi: boolean }) {
  return (
    <div className="mb-6 grid gap-4">
      <OrderLinks
        label="Order of my videos"
        orders={videoSorts.map((sort) => ({
          to: `/studio${videosSearch({ ...view, sort, before: null })}`,
          words: sortLabels[sort],
          current: sort === view.sort,
        }))}
      />
      <search>
        {/* A new address is a new form: it shows what was asked, not what was typed. */}
        <Form method="get" action="/studio" className="video-filter" key={videosSearch(view)}>
          {view.sort !== "newest" && <input type="hidden" name="sort" value={view.sort} />}
          <Field id="videos-q" label="Words of the caption">
            {(wiring) => (
              <input
                className="input"
                type="search"
                name="q"
                maxLength={MAX_QUERY}
                defaultValue={view.query}
                {...wiring}
              />
            )}
          </Field>
          <SelectField
            id="videos-entered"
            name="entered"
            label="Entered"
            all="Entered or not"
            value={view.entered}
            options={[
              ["yes", "Entered"],
              ["no", "Not entered"],
            ]}
          />
          <SelectField
            id="videos-availability"
            name="availability"
            label="On TikTok"
            all="Public or not"
            value={view.availability}
            options={availabilities.map((availability) => [availability, availabilityLabels[availability]])}
          />
          {(readsAi || view.ai !== null) && (
            <SelectField
              id="videos-ai"
              name="ai"
              label="AI label"
              all="With or without"
              value={view.ai}
              options={aiLabels.map((label) => [label, aiWords[label]])}
            />
          )}
          <Button type="submit" className="min-h-[42px] self-end lg:justify-self-start">
            <Search size={16} aria-hidden="true" /> Show
          </Button>
        </Form>
      </search>
    </div>
  );
}

/** The caption search alone, for where videos are picked. `path`: of the page it is on. */
export function CaptionSearch({ path, view }: { path: string; view: VideosView }) {
  return (
    <search className="w-full xs:w-auto">
      <Form method="get" action={path} className="flex gap-2" key={view.query} preventScrollReset>
        <input
          className="input xs:w-60"
          type="search"
          name="q"
          aria-label="Words of a caption"
          placeholder="Words of a caption"
          maxLength={MAX_QUERY}
          defaultValue={view.query}
        />
        <Button type="submit" aria-label="Search my videos" className="btn-icon flex-none">
          <Search size={16} aria-hidden="true" />
        </Button>
      </Form>
    </search>
  );
}

/** There are videos, but none here: nothing fits what was asked, or a page has been left empty behind its reader. */
export function NoVideoHere({ path, view }: { path: string; view: VideosView }) {
  if (!isNarrowed(view)) return <EmptyState title="No more videos">The list ends here.</EmptyState>;
  const all = <ButtonLink to={`${path}${videosSearch({ ...everyVideo, sort: view.sort })}`}>Show all</ButtonLink>;
  if (view.query === "") {
    return (
      <EmptyState title="None of your videos fits" action={all}>
        Leave a filter out, or look at all of them.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`Nothing found for “${view.query}”`} action={all}>
      Only captions are searched.
    </EmptyState>
  );
}
