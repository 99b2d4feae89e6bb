import { PanelRight } from "lucide-react";
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageLinks } from "~/ui/page-links";
import { BulkBar, isBulkTab } from "./bulk-bar";
import { type DeskAnswer, type ReviewEntry, tabLabel, type Unsent } from "./decision";
import { DeskContext } from "./desk-context";
import { DeskNotice, type Notice, noticeOf } from "./desk-notice";
import { type DeskPlace, deskAddress } from "./desk-place";
import { DeskRail } from "./desk-rail";
import { DeskSettingsForm } from "./desk-settings-form";
import { DeskTools } from "./desk-tools";
import { ReviewEntries } from "./review-entries";
import { ShortcutsHelp } from "./shortcuts-help";
import type { ShownDesk } from "./show-review-desk.server";
import { type Undoable, UndoToast, undoableOf } from "./undo-toast";
import { useClaim } from "./use-claim";
import { useCurrentCard } from "./use-current-card";
import { useDeskKeys } from "./use-desk-keys";
import { useLiveDesk } from "./use-live-desk";
import { useMatching } from "./use-matching";
import { idOf, useSelection } from "./use-selection";
import { useSentForms } from "./use-sent-forms";
import { useShownEntries } from "./use-shown-entries";
import { type AskedVerdict, VerdictDialog } from "./verdict-dialog";
import type { EntryActs } from "./verdict-forms";

/** What was on the desk this long has been read, and goes with the next press; what came in the middle of work stays. */
const READ_MS = 4_000;

/** The desk: challenges and tabs at the side, entries in the middle, what was just done at the bottom. */
export function ReviewDesk(props: { desk: ShownDesk & { place: DeskPlace; at: string }; answer: DeskAnswer | null }) {
  const { desk, answer } = props;
  const { challenge, nextAfter, place, settings } = desk;
  const { tab } = place;
  const { slug } = challenge;
  const page = deskAddress(slug, { ...place, view: undefined, density: undefined, entry: undefined });
  const invalid = answer && "invalid" in answer ? answer.invalid : null;
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const [asked, setAsked] = useState<AskedVerdict | null>(null);
  const [notices, setNotices] = useState(() => shownOf(answer && noticeOf(answer), 0));
  const [beside, setBeside] = useState(false);
  const [undoables, setUndoables] = useState(() => undoablesAtFirst(desk, answer));

  const forms = useSentForms({ store: `desk-unsent ${desk.viewerId} ${slug}`, onAnswer: hear });
  const { shown, news, clear } = useShownEntries(page, desk, forms.acted);
  const visible = shown.filter(({ entry }) => !forms.leaving.has(entry.submissionId));
  const waiting = visible.flatMap(({ entry, left }) => (left ? [] : [entry]));
  const ids = visible.map(({ entry }) => entry.submissionId);
  const alone = place.view === "single";
  const card = useCurrentCard(ids, { first: place.entry, alone, whenEmpty: heading });
  const selection = useSelection(waiting, invalid?.selected ?? (answer ? [] : (desk.matching ?? [])));
  const { chosen, beyond } = selection;
  useMatching(desk, selection.selectMatching);
  const frozen = challenge.frozenAt !== null;
  const bulk = isBulkTab(tab) && !frozen;
  useDeskKeys(settings.keys, {
    scope: () => document.getElementById(chosen.length + beyond.length > 0 ? "bulk" : `entry-${card.current}`),
    move: (by, rows, range) => {
      const from = card.current;
      if (alone) clear();
      const to = card.move(by, rows);
      if (range && bulk && from !== null && to !== undefined) selection.extend(from, to);
    },
    select: (range) => bulk && card.current !== null && selection.toggle(card.current, range),
  });

  const current = waiting.find((entry) => entry.submissionId === card.current);
  const decidable = card.looking && current && current.verdicts.length > 0;
  const [held, setHeld] = useClaim(`/review/${slug}/claim`, decidable ? current.submissionId : null);
  const taken = waiting.find((entry) => entry.submissionId === held && entry.claim !== null);
  const tell = useCallback((notice: Notice | null) => {
    setNotices((before) => [...before, ...shownOf(notice, performance.now())]);
  }, []);
  useEffect(() => {
    if (!taken?.claim) return;
    setHeld(null);
    tell({ takenOver: { by: taken.claim.by, creatorName: taken.creatorName } });
  }, [taken, setHeld, tell]);
  const claimsLeft = waiting.flatMap(({ claim }) => (claim ? [claim.leftMs] : []));
  useLiveDesk(desk.challengeId, claimsLeft.length > 0 ? Math.min(...claimsLeft) : null);

  function post(form: FormData, leaving: readonly string[]) {
    setNotices((before) => before.filter(({ at }) => performance.now() - at < READ_MS));
    opener.current = null;
    clear();
    card.leave([...leaving, ...visible.flatMap(({ entry, left }) => (left ? [entry.submissionId] : []))]);
    selection.settle([...leaving, ...form.getAll("selected").map((value) => idOf(String(value)))]);
    forms.send(form, leaving);
  }

  const posting = (leaving: readonly string[]) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    post(new FormData(event.currentTarget, submitter), leaving);
  };

  function hear(heard: DeskAnswer | Unsent, order: number) {
    tell(noticeOf(heard));
    if (!("done" in heard)) return;
    const { done } = heard;
    const undoable = undoableOf(heard, order);
    switch (done.kind) {
      case "decided":
      case "settings":
        break;
      case "undone":
        card.awaitBack(done.submissionId);
        setUndoables((before) => before.filter(({ key }) => key !== done.submissionId));
        break;
      case "taken_over":
        setHeld(done.submissionId);
        break;
      case "bulk":
        if (done.report.to === null) setUndoables((before) => before.filter(({ key }) => key !== done.report.bulkId));
        break;
    }
    if (undoable) setUndoables((before) => [...before, undoable].sort((a, b) => a.order - b.order));
  }

  function explain(verdict: AskedVerdict, button: HTMLElement) {
    opener.current = button;
    setAsked(verdict);
  }

  const acts = useRef<EntryActs | null>(null);
  acts.current = {
    decide: (event, entry) => posting([entry.submissionId])(event),
    takeOver: posting([]),
    explain: (intent, entry, button) => explain({ of: "one", intent, entry }, button),
    select: selection.toggle,
    drop: forms.drop,
  };

  const undoable = undoables.at(-1);
  const told = notices.at(-1);
  const isNarrowed = place.rules !== undefined || place.creator !== undefined || place.tag !== undefined;
  return (
    <div
      className="desk"
      data-view={place.view}
      data-blur={settings.blurCovers || undefined}
      data-beside={beside || undefined}
    >
      <DeskRail desk={desk} />
      <section className="min-w-0 px-4 pt-5 pb-28 lg:px-6" aria-labelledby="tab-title">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <div>
            <h1 id="tab-title" ref={heading} tabIndex={-1}>
              {tabLabel(tab)}
            </h1>
            {tab !== "pending" && !frozen && (
              <p className="text-[0.8125rem] text-ink-muted">
                {tab === "held"
                  ? "Approved, with numbers that are being checked. They count with those that were cleared, or have no rank."
                  : "A decision counts for everybody else after ten seconds."}
              </p>
            )}
          </div>
          <div className="desk-tools">
            <DeskTools slug={slug} place={place} creatorName={waiting[0]?.creatorName ?? null} />
            <Button
              className="js-only"
              data-key="i"
              aria-pressed={beside}
              disabled={!beside && card.current === null}
              onClick={() => setBeside(!beside)}
            >
              <PanelRight size={16} aria-hidden="true" /> What is known
            </Button>
            <DeskSettingsForm settings={settings} onSubmit={posting([])} />
            <ShortcutsHelp mode={settings.keys} />
          </div>
        </div>
        {frozen && (
          <Banner tone="info" title="The standings are frozen">
            Nothing is decided in this challenge any more. An admin can still remove what the law or somebody’s safety
            asks for.
          </Banner>
        )}
        <p role="status" className="sr-only">
          {news}
        </p>
        {forms.unsent.length > 0 && (
          <Banner tone="pending" title={`Not sent: ${forms.unsent.length}`}>
            You’re offline. What you decided is kept in this tab and sent when you are back.
          </Banner>
        )}
        {told && (
          <div className="desk-notice">
            <DeskNotice notice={told.notice} onClose={() => setNotices((before) => before.slice(0, -1))} />
          </div>
        )}
        {bulk && (waiting.length > 0 || beyond.length > 0) && (
          <BulkBar
            tab={tab}
            count={chosen.length}
            of={waiting.length}
            beyond={beyond}
            allAddress={
              nextAfter === null && place.after === undefined ? null : deskAddress(slug, { ...place, select: "all" })
            }
            filled={invalid?.filled.intent?.startsWith("bulk_") ? invalid : null}
            onSelectAll={selection.selectAll}
            onExplain={(button) => explain({ of: "selected", intent: "reject", entries: chosen, beyond }, button)}
            onSubmit={posting(chosen.map(({ submissionId }) => submissionId))}
          />
        )}
        {visible.length === 0 && desk.entries.length === 0 ? (
          <EmptyState title={tab === "pending" && !isNarrowed ? "Nothing waits" : "Nothing here"}>
            {isNarrowed
              ? "No entry is like that."
              : tab === "pending"
                ? "Every entry has a decision."
                : tab === "held"
                  ? "Nobody’s numbers are being checked."
                  : "Entries appear here once they are decided."}
          </EmptyState>
        ) : (
          <ReviewEntries
            desk={desk}
            visible={visible}
            card={card}
            chosen={bulk ? chosen : null}
            unsent={forms.unsent}
            filled={invalid}
            acts={acts}
          />
        )}
        <PageLinks
          label="Pages of entries"
          first={place.after === undefined ? null : deskAddress(slug, { ...place, after: undefined, entry: undefined })}
          next={nextAfter === null ? null : deskAddress(slug, { ...place, after: nextAfter, entry: undefined })}
        />
      </section>
      {beside && <DeskContext slug={challenge.slug} submissionId={card.current} onClose={() => setBeside(false)} />}
      {undoable && <UndoToast key={undoable.key + undoable.until} of={undoable} onSubmit={posting([])} />}
      <VerdictDialog
        asked={asked}
        challenge={challenge}
        templates={desk.templates}
        onGive={(form) => {
          const about: readonly ReviewEntry[] = asked?.of === "selected" ? asked.entries : asked ? [asked.entry] : [];
          setAsked(null);
          post(
            form,
            about.map((entry) => entry.submissionId),
          );
        }}
        onClose={() => {
          setAsked(null);
          opener.current?.focus();
        }}
      />
      {forms.watches}
    </div>
  );
}

function shownOf(notice: Notice | null, at: number): { notice: Notice; at: number }[] {
  return notice ? [{ notice, at }] : [];
}

/** What a page shows that was drawn after a form without a script. */
function undoablesAtFirst(desk: ShownDesk & { at: string }, answer: DeskAnswer | null): Undoable[] {
  const undoable = answer
    ? undoableOf(answer, 0)
    : undoableOf({ done: { kind: "decided", entry: desk.decided, at: desk.at } }, 0);
  return undoable ? [undoable] : [];
}
