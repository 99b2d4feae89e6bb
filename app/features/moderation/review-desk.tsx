import { PanelRight } from "lucide-react";
import { type FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { decisionStateLabels } from "~/features/submissions/submission";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageLinks } from "~/ui/page-links";
import { BulkBar, isBulkTab } from "./bulk-bar";
import { type DeskAnswer, type DeskTab, type ReviewEntry, tabLabel } from "./decision";
import { DeskContext } from "./desk-context";
import { bulkWords, DeskNotice, type Notice } from "./desk-notice";
import { DeskRail } from "./desk-rail";
import { ReviewCard } from "./review-card";
import { ShortcutsHelp } from "./shortcuts-help";
import type { ShownDesk } from "./show-review-desk.server";
import { type Undoable, UndoToast } from "./undo-toast";
import { useClaim } from "./use-claim";
import { useCurrentCard } from "./use-current-card";
import { useDeskKeys, useKeysSetting } from "./use-desk-keys";
import { useLiveDesk } from "./use-live-desk";
import { useSelection } from "./use-selection";
import { useSentForms } from "./use-sent-forms";
import { type AskedVerdict, VerdictDialog } from "./verdict-dialog";

/** What was on the desk this long has been read, and goes with the next press; what came in the middle of work stays. */
const READ_MS = 4_000;

/** The desk: challenges and tabs at the side, entries in the middle, what was just done at the bottom. */
export function ReviewDesk(props: {
  desk: ShownDesk & { tab: DeskTab; after: string | null; at: string };
  answer: DeskAnswer | null;
}) {
  const { desk, answer } = props;
  const { challenge, entries, nextAfter, after, tab } = desk;
  const path = `/review/${challenge.slug}`;
  const invalid = answer && "invalid" in answer ? answer.invalid : null;
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const [asked, setAsked] = useState<AskedVerdict | null>(null);
  const [notices, setNotices] = useState(() => shownOf(answer && noticeOf(answer), 0));
  const [beside, setBeside] = useState(false);
  const [undoables, setUndoables] = useState(() => undoablesAtFirst(desk, answer));

  const forms = useSentForms(hear);
  const visible = entries.filter((entry) => !forms.leaving.has(entry.submissionId));
  const ids = visible.map((entry) => entry.submissionId);
  const card = useCurrentCard(ids, heading);
  const selection = useSelection(ids, invalid?.selected.map((value) => value.split(":")[0] ?? "") ?? []);
  const chosen = visible.filter((entry) => selection.selected.includes(entry.submissionId));
  const frozen = challenge.frozenAt !== null;
  const bulk = isBulkTab(tab) && !frozen;
  const [keysOn, setKeysOn] = useKeysSetting();
  useDeskKeys(keysOn, {
    scope: () => document.getElementById(chosen.length > 0 ? "bulk" : `entry-${card.current}`),
    move: card.move,
    select: (range) => bulk && card.current !== null && selection.toggle(card.current, range),
  });

  const current = visible.find((entry) => entry.submissionId === card.current);
  const decidable = card.looking && current && current.verdicts.length > 0;
  const [held, setHeld] = useClaim(`${path}/claim`, decidable ? current.submissionId : null);
  const taken = entries.find((entry) => entry.submissionId === held && entry.claim !== null);
  const tell = useCallback((notice: Notice | null) => {
    setNotices((before) => [...before, ...shownOf(notice, performance.now())]);
  }, []);
  useEffect(() => {
    if (!taken?.claim) return;
    setHeld(null);
    tell({ takenOver: { by: taken.claim.by, creatorName: taken.creatorName } });
  }, [taken, setHeld, tell]);
  const claimsLeft = entries.flatMap(({ claim }) => (claim ? [claim.leftMs] : []));
  useLiveDesk(`${path}/live`, claimsLeft.length > 0 ? Math.min(...claimsLeft) : null);

  function post(form: FormData, leaving: readonly string[]) {
    setNotices((before) => before.filter(({ at }) => performance.now() - at < READ_MS));
    opener.current = null;
    card.leave(leaving);
    forms.send(form, leaving);
  }

  const posting = (leaving: readonly string[]) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    post(new FormData(event.currentTarget, submitter), leaving);
  };

  function hear(heard: DeskAnswer, order: number) {
    tell(noticeOf(heard));
    if (!("done" in heard)) return;
    const { done } = heard;
    const undoable = undoableOf(heard, order);
    switch (done.kind) {
      case "decided":
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

  const undoable = undoables.at(-1);
  const shown = notices.at(-1);
  return (
    <div className="desk" data-beside={beside || undefined}>
      <DeskRail desk={desk} />
      <section className="min-w-0 px-4 pt-5 pb-28 lg:px-6" aria-labelledby="tab-title">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <div>
            <h1 id="tab-title" ref={heading} tabIndex={-1}>
              {tabLabel(tab)}
            </h1>
            {!frozen && (
              <p className="text-[0.8125rem] text-ink-muted">
                {tab === "pending" && "Longest waiting first."}
                {tab === "held" && "Approved, with numbers that are being checked. They count with those from before."}
                {tab !== "pending" && tab !== "held" && "A decision counts for everybody else after ten seconds."}
              </p>
            )}
          </div>
          <div className="flex flex-wrap gap-2">
            <Button
              className="js-only"
              data-key="i"
              aria-pressed={beside}
              disabled={!beside && card.current === null}
              onClick={() => setBeside(!beside)}
            >
              <PanelRight size={16} aria-hidden="true" /> What is known
            </Button>
            <ShortcutsHelp on={keysOn} onSwitch={setKeysOn} />
          </div>
        </div>
        {frozen && (
          <Banner tone="info" title="The standings are frozen">
            Nothing is decided in this challenge any more. An admin can still remove what the law or somebody’s safety
            asks for.
          </Banner>
        )}
        {shown && (
          <div className="desk-notice">
            <DeskNotice notice={shown.notice} onClose={() => setNotices((before) => before.slice(0, -1))} />
          </div>
        )}
        {bulk && visible.length > 0 && (
          <BulkBar
            tab={tab}
            count={chosen.length}
            of={ids.length}
            filled={invalid?.filled.intent?.startsWith("bulk_") ? invalid : null}
            onSelectAll={selection.selectAll}
            onExplain={(button) => explain({ of: "selected", intent: "reject", entries: chosen }, button)}
            onSubmit={posting(selection.selected)}
          />
        )}
        {entries.length === 0 ? (
          <EmptyState title={tab === "pending" ? "Nothing waits" : "Nothing here"}>
            {tab === "pending" ? "Every entry has a decision." : "Entries appear here once they are decided."}
          </EmptyState>
        ) : (
          <ul className="desk-grid" ref={card.list} {...card.listeners}>
            {visible.map((entry) => (
              <li key={entry.submissionId}>
                <ReviewCard
                  entry={entry}
                  playerOrigin={desk.playerOrigin}
                  page={`${path}?tab=${tab}`}
                  slug={challenge.slug}
                  current={entry.submissionId === card.current}
                  selected={bulk ? chosen.includes(entry) : null}
                  onSelect={(range) => selection.toggle(entry.submissionId, range)}
                  filled={invalid}
                  onSubmit={posting([entry.submissionId])}
                  onTakeOver={posting([])}
                  onShowContext={() => setBeside(true)}
                  onExplain={(intent, button) => explain({ of: "one", intent, entry }, button)}
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

function noticeOf(answer: DeskAnswer): Notice | null {
  if (!("done" in answer)) return answer;
  const { done } = answer;
  // What went well for all is in the toast, with its way back.
  if (done.kind !== "bulk" || (done.report.to !== null && done.report.skipped.length === 0)) return null;
  return { report: done.report };
}

/** What a page shows that was drawn after a form without a script. */
function undoablesAtFirst(desk: ShownDesk & { at: string }, answer: DeskAnswer | null): Undoable[] {
  const undoable = answer
    ? undoableOf(answer, 0)
    : undoableOf({ done: { kind: "decided", entry: desk.decided, at: desk.at } }, 0);
  return undoable ? [undoable] : [];
}

function undoableOf(answer: DeskAnswer, order: number): Undoable | null {
  if (!("done" in answer)) return null;
  const { done } = answer;
  if (done.kind === "bulk") {
    const { bulkId, undoableUntil } = done.report;
    if (undoableUntil === null) return null;
    const form = { intent: "undo_bulk", fields: { bulkId } } as const;
    return {
      key: bulkId,
      order,
      title: bulkWords(done.report),
      words: ".",
      until: undoableUntil,
      at: done.at,
      ...form,
    };
  }
  if (done.kind !== "decided" || !done.entry?.lastDecision?.undoableUntil) return null;
  const { submissionId, version, state, creatorName, lastDecision } = done.entry;
  return {
    key: submissionId,
    order,
    title: decisionStateLabels[state],
    words: `: ${creatorName}.`,
    until: lastDecision.undoableUntil ?? "",
    at: done.at,
    intent: "undo",
    fields: { submissionId, seenVersion: String(version) },
  };
}
