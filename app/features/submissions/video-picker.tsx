import { Form } from "@remix-run/react";
import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ShownChallenge } from "~/features/challenges/challenge";
import { RuleChangesPanel } from "~/features/challenges/rule-changes-panel";
import { VideoCard } from "~/features/videos/video-card";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";
import { Time } from "~/ui/time";
import { ChoiceBar } from "./choice-bar";
import type { Candidate } from "./list-candidates.server";
import { VideoChips } from "./my-video-card";
import { videosSearch } from "./my-videos";
import { CaptionSearch, NoVideoHere } from "./my-videos-tools";
import { PastePanel } from "./paste-panel";
import type { PickerAnswer, PickerPage } from "./picker";
import { RuleList, RuleStrip, RuleWhy } from "./rule-strip";
import { useChoice } from "./use-choice";

/** The search among the videos is a form of its own in the middle, so what belongs to the entry says so. */
const ENTRY = "entry";

/** Paste a link or pick a card, see every rule before choosing, and what is about to be entered; then one button. */
export function VideoPicker(props: {
  page: PickerPage & { attemptId: string };
  answer: PickerAnswer | null;
  busy: boolean;
}) {
  const { page, answer, busy } = props;
  const { challenge, candidates, used, total, view } = page;
  const choice = useChoice(page, answer);
  const [loadedRules] = useState(challenge.rules.version);
  const limit = challenge.rules.entriesPerCreator;
  const open = challenge.phase === "open";
  const path = `/challenges/${challenge.slug}/submit`;
  const entry = answer?.intent === "enter" ? answer : null;
  const refusal = choice.notEntered;
  const changes = entry?.changes ?? page.changes;
  // Only what this page has shown is accepted: rules that changed since it was loaded are refused, and shown then.
  const version = changes?.to ?? answer?.rulesVersion ?? loadedRules;
  const previewed = choice.found?.video.tiktokVideoId;
  const listed = candidates.filter(({ video }) => video.tiktokVideoId !== previewed);
  const { picked } = choice;
  const isPickListed = listed.some(({ video }) => video.tiktokVideoId === picked?.video.tiktokVideoId);
  return (
    <>
      <PageHead
        title={`Enter ${challenge.title}`}
        lede={limit === 1 ? "One entry per creator." : `${used} of ${limit} entries used.`}
      >
        <Link to={`/challenges/${challenge.slug}`}>Back to the challenge</Link>
      </PageHead>
      {!open && !refusal && (
        <Banner tone="pending" title="This challenge takes no entries right now">
          {whyNot(challenge)}
        </Banner>
      )}
      {refusal && (
        <div data-error={refusal.code} key={refusal.answerId}>
          <Banner tone="rejected" title="Your video was not entered" focus>
            {refusal.words}
            {refusal.failed.length > 0 && <RuleList checks={refusal.failed} />}
          </Banner>
        </div>
      )}
      {changes && <RuleChangesPanel changes={changes} />}
      <Form method="post" id={ENTRY} ref={choice.form} onSubmit={choice.submit}>
        <input type="hidden" name="rulesVersion" value={version} />
        <input type="hidden" name="attemptId" value={page.attemptId} />
        {picked && !isPickListed && <input type="hidden" name="videoId" value={picked.video.tiktokVideoId} />}
      </Form>
      <PastePanel formId={ENTRY} choice={choice} sent={answer?.pasted} />
      <div className="section-head flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h2>Or pick one of your videos</h2>
          <p>Those that meet the rules come first. A question mark means that a person will look.</p>
        </div>
        {total > 0 && <CaptionSearch path={path} view={view} />}
      </div>
      {total === 0 && (
        <EmptyState title="No videos here yet" action={<ButtonLink to="/studio">Go to my videos</ButtonLink>}>
          Sync them once, or paste a link above.
        </EmptyState>
      )}
      {total > 0 && candidates.length === 0 && <NoVideoHere path={path} view={view} />}
      {listed.length > 0 && (
        <fieldset>
          <legend className="sr-only">My videos</legend>
          <ul className="card-grid six">
            {listed.map((candidate, index) => (
              <li key={candidate.video.tiktokVideoId}>
                <Pick
                  candidate={candidate}
                  eager={index < 6}
                  checked={picked?.video.tiktokVideoId === candidate.video.tiktokVideoId}
                  onPick={() => choice.pick(candidate)}
                />
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <PageLinks
        label="Pages of my videos"
        first={view.before === null ? null : `${path}${videosSearch({ ...view, before: null })}`}
        next={page.nextBefore === null ? null : `${path}${videosSearch({ ...view, before: page.nextBefore })}`}
      />
      <ChoiceBar
        formId={ENTRY}
        challenge={challenge}
        choice={choice}
        used={used}
        version={version}
        // What is being looked up is stored in a moment, and then costs no second call.
        disabled={busy || choice.isLookingUp || (!open && !entry)}
      />
    </>
  );
}

function whyNot({ phase, opensAt }: ShownChallenge): ReactNode {
  if (phase === "scheduled") {
    return (
      <>
        It opens on <Time at={opensAt} />. Until then you can look at your videos here.
      </>
    );
  }
  if (phase === "paused") return "It is paused. You can look at your videos, and enter one when it goes on.";
  return "It is closed. You can look at your videos, but nothing can be entered any more.";
}

function Pick(props: { candidate: Candidate; eager: boolean; checked: boolean; onPick: () => void }) {
  const { candidate, eager, checked, onPick } = props;
  const { video, checks, eligible, entered, availability } = candidate;
  // The radio itself lies unseen over its tick: whoever points at it, by hand or by tool, meets it there.
  return (
    <label className="pick">
      <input
        type="radio"
        form={ENTRY}
        name="videoId"
        value={video.tiktokVideoId}
        checked={checked}
        onChange={onPick}
        disabled={!eligible}
        className="absolute top-2 right-2 z-1 size-10 cursor-[inherit] opacity-0"
        aria-label={`${video.caption || "Video without a caption"}${entered ? ", already entered" : ""}`}
      />
      <VideoCard
        video={video}
        eager={eager}
        eligible={eligible}
        onCover={
          <>
            <VideoChips entered={entered} availability={availability} />
            <span className="pick-tick" aria-hidden="true">
              <Check size={16} strokeWidth={3} />
            </span>
          </>
        }
      >
        <RuleStrip checks={checks} />
        <RuleWhy checks={checks} />
      </VideoCard>
    </label>
  );
}
