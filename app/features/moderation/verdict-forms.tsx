import { Ban, Check, Flag, type LucideIcon, PencilLine, RotateCcw, Trash2, X } from "lucide-react";
import type { ComponentProps, FormEvent, RefObject } from "react";
import { Button, type ButtonTone } from "~/ui/button";
import { useHydrated } from "~/ui/use-hydrated";
import { type FilledVerdict, isExplained, type ReviewEntry, type VerdictIntent, verdictLabels } from "./decision";
import { DecisionOn } from "./decision-on";
import type { ExplainedIntent } from "./explained-verdict";
import { leftWords } from "./shown-entries";
import { filledFor, VerdictFields } from "./verdict-dialog";

const looks: Record<VerdictIntent, { icon: LucideIcon; tone: ButtonTone; key?: string }> = {
  approve: { icon: Check, tone: "primary", key: "a" },
  reject: { icon: X, tone: "danger", key: "r" },
  flag: { icon: Flag, tone: "plain", key: "f" },
  request_change: { icon: PencilLine, tone: "plain", key: "c" },
  reopen: { icon: RotateCcw, tone: "plain" },
  disqualify: { icon: Ban, tone: "plain" },
  remove: { icon: Trash2, tone: "plain" },
};

const waitWords = {
  own: "Your own entry: another moderator decides.",
  flagged_by_viewer: "You flagged it: another moderator decides.",
};

/** What a card asks of the desk. Kept in a ref, so that a card is drawn anew only when its own entry has changed. */
export interface EntryActs {
  decide: (event: FormEvent<HTMLFormElement>, entry: ReviewEntry) => void;
  takeOver: (event: FormEvent<HTMLFormElement>) => void;
  /** A verdict that needs words; `button` gets the focus back. */
  explain: (intent: ExplainedIntent, entry: ReviewEntry, button: HTMLElement) => void;
  select: (submissionId: string, range: boolean) => void;
  /** Gives up on a verdict that waits for the network. */
  drop: (submissionId: string) => void;
}

/** What has become of an entry while it is in view. */
export interface EntryFate {
  /** How it stands since somebody else has decided on it. */
  left: ReviewEntry | null;
  /** The verdict on it that waits for the network. */
  unsent: string | null;
}

/** What the viewer can decide on an entry, or why nothing; every verdict works without JavaScript. */
export function VerdictForms(props: {
  entry: ReviewEntry;
  fate: EntryFate;
  acts: RefObject<EntryActs>;
  /** What came back to be put right. */
  filled: FilledVerdict | null;
  /** Where a page without a script goes on. */
  next?: string;
}) {
  const { entry, fate, acts, filled, next } = props;
  const { submissionId, version, claim, verdicts } = entry;
  if (fate.left) return <p className="fate">{leftWords(fate.left)}</p>;
  if (fate.unsent !== null) {
    return (
      <div className="fate">
        <p>{fate.unsent}: not sent, you’re offline.</p>
        <Button onClick={() => acts.current?.drop(submissionId)}>Don’t send</Button>
      </div>
    );
  }
  if (entry.waitsForAnother) return <p className="hint">{waitWords[entry.waitsForAnother]}</p>;
  if (verdicts.length === 0) return null;
  if (claim) {
    return (
      <form method="post" onSubmit={(event) => acts.current?.takeOver(event)}>
        <input type="hidden" name="submissionId" value={submissionId} />
        <Button type="submit" name="intent" value="take_over" className="w-full">
          Take over
        </Button>
      </form>
    );
  }
  return (
    <div className="verdicts">
      {verdicts.map((intent) =>
        isExplained(intent) ? (
          <ExplainedVerdict
            key={intent}
            intent={intent}
            entry={entry}
            next={next}
            filled={filledFor(filled, submissionId, intent)}
            onExplain={(button) => acts.current?.explain(intent, entry, button)}
          />
        ) : (
          <form key={intent} method="post" className="verdict" onSubmit={(event) => acts.current?.decide(event, entry)}>
            <DecisionOn submissionId={submissionId} seenVersion={version} next={next} />
            <VerdictButton intent={intent} type="submit" name="intent" value={intent} />
          </form>
        ),
      )}
    </div>
  );
}

function VerdictButton({ intent, ...rest }: { intent: VerdictIntent } & ComponentProps<typeof Button>) {
  const { icon: Icon, tone, key } = looks[intent];
  return (
    <Button tone={tone} className="w-full" title={verdictLabels[intent]} data-key={key} {...rest}>
      <Icon size={15} aria-hidden="true" /> <span>{verdictLabels[intent]}</span>
    </Button>
  );
}

function ExplainedVerdict(props: {
  intent: ExplainedIntent;
  entry: ReviewEntry;
  filled: FilledVerdict | null;
  next?: string;
  onExplain: (button: HTMLElement) => void;
}) {
  const { intent, entry, filled, next, onExplain } = props;
  const hydrated = useHydrated();
  return (
    <div className="verdict">
      <VerdictButton
        intent={intent}
        className="js-only w-full"
        disabled={!hydrated}
        onClick={(event) => onExplain(event.currentTarget)}
      />
      <noscript>
        <details open={filled !== null}>
          <summary className="btn w-full">{verdictLabels[intent]}…</summary>
          <form method="post" className="mt-2 grid gap-3">
            <DecisionOn submissionId={entry.submissionId} seenVersion={entry.version} next={next} />
            <VerdictFields intent={intent} prefix={`${entry.submissionId}-${intent}`} filled={filled} />
            <Button type="submit" name="intent" value={intent} tone="danger">
              {verdictLabels[intent]}
            </Button>
          </form>
        </details>
      </noscript>
    </div>
  );
}
