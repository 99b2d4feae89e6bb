import { useEffect, useRef, useState } from "react";
import type { Refusal } from "~/features/answer-refusal.server";
import { decisionStateLabels } from "~/features/submissions/submission";
import { Banner } from "~/ui/banner";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { PageLinks } from "~/ui/page-links";
import { Time } from "~/ui/time";
import { type DeskTab, deskTabs, type ReviewEntry } from "./decision";
import { ReviewCard } from "./review-card";
import type { ShownDesk } from "./show-review-desk.server";
import { UndoToast } from "./undo-toast";
import { type ExplainedIntent, type FilledVerdict, filledFor, VerdictDialog } from "./verdict-dialog";

export type DeskAnswer = { refusal: Refusal; standing: ReviewEntry | null } | { invalid: FilledVerdict };

/** The desk: challenges and tabs at the side, entries in the middle, what was just done at the bottom. */
export function ReviewDesk(props: {
  desk: ShownDesk & { tab: DeskTab; after: string | null; at: string };
  answer: DeskAnswer | null;
}) {
  const { desk, answer } = props;
  const { challenge, queue, entries, nextAfter, after, decided, tab } = desk;
  const [asked, setAsked] = useState<{ entry: ReviewEntry; intent: ExplainedIntent } | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const invalid = answer && "invalid" in answer ? answer.invalid : null;
  // A verdict that was taken, or that came too late, has left the dialog; one that needs words stays in it.
  useEffect(() => {
    if (desk && !invalid) setAsked(null);
  }, [desk, invalid]);
  // Its card is gone, and the focus with it.
  useEffect(() => {
    if (decided && document.activeElement === document.body) heading.current?.focus();
  }, [decided]);
  const counts = queue.find((row) => row.slug === challenge.slug);
  const path = `/review/${challenge.slug}`;
  return (
    <div className="desk">
      <aside className="rail">
        <h2>Challenges</h2>
        <ul>
          {queue.map((row) => (
            <li key={row.slug}>
              <Link to={`/review/${row.slug}`} aria-current={row.slug === challenge.slug ? "true" : undefined}>
                <span>{row.title}</span>
                <span className="number">{row.pending.toLocaleString("en")}</span>
              </Link>
            </li>
          ))}
        </ul>
        <h2>{challenge.title}</h2>
        <ul>
          {deskTabs.map((name) => (
            <li key={name}>
              <Link to={`${path}?tab=${name}`} aria-current={name === tab ? "page" : undefined}>
                <span>{decisionStateLabels[name]}</span>
                <span className="number" data-testid={name === "pending" ? "queue-count" : undefined}>
                  {(counts?.[name] ?? 0).toLocaleString("en")}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </aside>
      <section className="min-w-0 px-4 pt-5 pb-28 lg:px-6" aria-labelledby="tab-title">
        <h1 id="tab-title" ref={heading} tabIndex={-1}>
          {decisionStateLabels[tab]}
        </h1>
        <p className="mb-5 text-[0.8125rem] text-ink-muted">
          {tab === "pending" ? "Longest waiting first." : "A decision counts for everybody else after ten seconds."}
        </p>
        {answer && "refusal" in answer && (
          <div data-error={answer.refusal.code}>
            <Banner tone="rejected" title="Nothing was decided" focus>
              {answer.refusal.words} {answer.refusal.code === "CONFLICT" && <StandingLine entry={answer.standing} />}
            </Banner>
          </div>
        )}
        {entries.length === 0 ? (
          <EmptyState title={tab === "pending" ? "Nothing waits" : "Nothing here"}>
            {tab === "pending" ? "Every entry has a decision." : "Entries appear here once they are decided."}
          </EmptyState>
        ) : (
          <ul className="desk-grid">
            {entries.map((entry) => (
              <li key={entry.submissionId}>
                <ReviewCard
                  entry={entry}
                  playerOrigin={desk.playerOrigin}
                  page={`${path}?tab=${tab}`}
                  filled={invalid}
                  onExplain={(intent, button) => {
                    opener.current = button;
                    setAsked({ entry, intent });
                  }}
                />
              </li>
            ))}
          </ul>
        )}
        <PageLinks
          label="Pages of entries"
          first={after === null ? null : `${path}?tab=${tab}`}
          next={nextAfter === null ? null : `${path}?tab=${tab}&after=${nextAfter}`}
        />
      </section>
      {decided && <UndoToast entry={decided} at={desk.at} key={`${decided.submissionId}-${decided.version}`} />}
      <VerdictDialog
        asked={asked}
        filled={asked && filledFor(invalid, asked.entry.submissionId, asked.intent)}
        onClose={() => {
          setAsked(null);
          opener.current?.focus();
        }}
      />
    </div>
  );
}

/** Who was first, and with what. */
function StandingLine({ entry }: { entry: ReviewEntry | null }) {
  if (!entry?.lastDecision) return null;
  return (
    <>
      {decisionStateLabels[entry.state]} by {entry.lastDecision.by}, <Time at={entry.lastDecision.at} />.
    </>
  );
}
