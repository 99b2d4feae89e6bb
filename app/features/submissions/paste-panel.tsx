import { Search } from "lucide-react";
import { VideoCard } from "~/features/videos/video-card";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import type { Candidate } from "./list-candidates.server";
import { VideoChips } from "./my-video-card";
import { rulesInShort } from "./picker";
import { RuleList, RuleStrip } from "./rule-strip";
import type { Choice } from "./use-choice";

/** A pasted link, and the video that it means before it is entered. `formId`: of the form that it is part of. */
export function PastePanel(props: { formId: string; choice: Choice; sent: string | undefined }) {
  const { formId, choice, sent } = props;
  return (
    <div className="panel my-6 grid gap-4 p-5">
      <div className="paste">
        <Field
          id="pasted"
          label="TikTok URL or video ID"
          hint="A link to one of your own public videos. It does not have to be in the list below."
        >
          {(wiring) => (
            <input
              ref={choice.field}
              form={formId}
              className="input"
              type="text"
              name="pasted"
              inputMode="url"
              autoComplete="off"
              maxLength={500}
              placeholder="https://www.tiktok.com/@you/video/…"
              defaultValue={sent}
              onInput={(event) => choice.type(event.currentTarget.value)}
              {...wiring}
            />
          )}
        </Field>
        <Button type="submit" form={formId} name="intent" value="look_up">
          <Search size={16} aria-hidden="true" /> Look up
        </Button>
      </div>
      {/* There from the start, so that what comes into it is said; while it is empty it takes no room. */}
      <div aria-live="polite" className="empty:-mt-4">
        {choice.isLookingUp && (
          <p className="flex items-center gap-3 text-ink-muted">
            <span className="spinner" aria-hidden="true" /> Looking it up on TikTok
          </p>
        )}
        {!choice.isLookingUp && choice.found && <Preview candidate={choice.found} />}
      </div>
      {!choice.isLookingUp && choice.notFound && (
        <div data-error={choice.notFound.code} key={choice.notFound.answerId}>
          <Banner tone="rejected" title="There is no video to show">
            {choice.notFound.words}
          </Banner>
        </div>
      )}
    </div>
  );
}

function Preview({ candidate }: { candidate: Candidate }) {
  const { video, checks, eligible, entered, availability } = candidate;
  return (
    <div className="preview">
      <VideoCard
        video={video}
        eager
        eligible={eligible}
        onCover={<VideoChips entered={entered} availability={availability} />}
      >
        <RuleStrip checks={checks} />
      </VideoCard>
      <div>
        <h2 className="text-lead">{entered ? "Entered already" : rulesInShort(checks)}</h2>
        <RuleList checks={checks} />
      </div>
    </div>
  );
}
