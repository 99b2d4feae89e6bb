import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { Refusal } from "~/features/answer-refusal.server";
import type { ShownChallenge } from "~/features/challenges/challenge";
import { VideoCard } from "~/features/videos/video-card";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";
import { Time } from "~/ui/time";
import type { Candidate } from "./list-candidates.server";
import { RuleList, RuleStrip } from "./rule-strip";
import type { RuleCheck } from "./submission";

export interface PickerPage {
  challenge: ShownChallenge;
  candidates: Candidate[];
  nextBefore: string | null;
  before: string | null;
  /** Entries of this creator that count, and videos they have here. */
  used: number;
  total: number;
}

/** Why the last try was refused; `failed`: the rules that were not met. */
interface EntryRefusal extends Refusal {
  failed: readonly RuleCheck[];
  /** New with every answer, so that each one is said aloud and focused. */
  answerId: string;
}

/** Paste a link or pick a card, see every rule before choosing, then one button. It is part of a form. */
export function VideoPicker(props: {
  page: PickerPage;
  refusal: EntryRefusal | null;
  chosen: { pasted: string; videoId: string } | null;
  busy: boolean;
}) {
  const { page, refusal, chosen, busy } = props;
  const { challenge, candidates, used, total } = page;
  const limit = challenge.rules.entriesPerCreator;
  const open = challenge.phase === "open";
  const path = `/challenges/${challenge.slug}/submit`;
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
      <div className="panel my-6 grid gap-4 p-5">
        <Field
          id="pasted"
          label="TikTok URL or video ID"
          hint="A link to one of your own public videos. It does not have to be in the list below."
        >
          {(wiring) => (
            <input
              className="input"
              type="text"
              name="pasted"
              inputMode="url"
              autoComplete="off"
              maxLength={500}
              placeholder="https://www.tiktok.com/@you/video/…"
              defaultValue={chosen?.pasted}
              {...wiring}
            />
          )}
        </Field>
      </div>
      <fieldset>
        <legend className="section-head">
          <h2>Or pick one of your videos</h2>
          <p>Those that meet the rules come first. A question mark means that a person will look.</p>
        </legend>
        {candidates.length === 0 ? (
          <EmptyState title="No videos here yet" action={<ButtonLink to="/studio">Go to my videos</ButtonLink>}>
            {total === 0 ? "Sync them once, or paste a link above." : "There are no more."}
          </EmptyState>
        ) : (
          <ul className="card-grid six">
            {candidates.map((candidate, index) => (
              <li key={candidate.video.tiktokVideoId}>
                <Pick
                  candidate={candidate}
                  eager={index < 6}
                  checked={chosen?.videoId === candidate.video.tiktokVideoId}
                />
              </li>
            ))}
          </ul>
        )}
      </fieldset>
      <PageLinks
        label="Pages of my videos"
        first={page.before === null ? null : path}
        next={page.nextBefore === null ? null : `${path}?before=${page.nextBefore}`}
      />
      <div className="choice">
        <p className="min-w-0 text-[0.8125rem] text-ink-muted">
          By entering you accept version {challenge.rules.version} of the rules.
        </p>
        <Button type="submit" tone="primary" large disabled={busy || (!open && !refusal)}>
          Enter this video
        </Button>
      </div>
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

function Pick({ candidate, eager, checked }: { candidate: Candidate; eager: boolean; checked: boolean }) {
  const { video, checks, eligible, entered } = candidate;
  // The radio itself lies unseen over its tick: whoever points at it, by hand or by tool, meets it there.
  return (
    <label className="pick">
      <input
        type="radio"
        name="videoId"
        value={video.tiktokVideoId}
        defaultChecked={checked}
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
            {entered && <span className="chip">Entered</span>}
            <span className="pick-tick" aria-hidden="true">
              <Check size={16} strokeWidth={3} />
            </span>
          </>
        }
      >
        <RuleStrip checks={checks} />
      </VideoCard>
    </label>
  );
}
