import { Check, Flag, type LucideIcon, X } from "lucide-react";
import type { FormEvent } from "react";
import { Button, type ButtonTone } from "~/ui/button";
import { Link } from "~/ui/link";
import {
  type BulkIntent,
  bulkIntents,
  bulkVerdicts,
  type DeskTab,
  type FilledVerdict,
  MAX_SELECTED,
  verdictLabels,
  verdictMoves,
} from "./decision";
import { VerdictFields } from "./verdict-dialog";

/** The one form of all checkboxes, wherever they stand. */
export const BULK_FORM = "bulk";

const looks: Record<BulkIntent, { icon: LucideIcon; tone: ButtonTone; key: string }> = {
  bulk_approve: { icon: Check, tone: "primary", key: "a" },
  bulk_reject: { icon: X, tone: "danger", key: "r" },
  bulk_flag: { icon: Flag, tone: "plain", key: "f" },
};

export const isBulkTab = (tab: DeskTab) => bulkIntentsOf(tab).length > 0;

function bulkIntentsOf(tab: DeskTab): BulkIntent[] {
  return bulkIntents.filter((intent) => verdictMoves[bulkVerdicts[intent]].from.some((state) => state === tab));
}

/** Decides on everything that is selected. Without JavaScript it is there from the start, and rejects in place. */
export function BulkBar(props: {
  tab: DeskTab;
  count: number;
  of: number;
  /** Selected on other pages: checkbox values. */
  beyond: readonly string[];
  /** Where all that match are selected; null when the page has them all. */
  allAddress: string | null;
  filled: FilledVerdict | null;
  onSelectAll: (all: boolean) => void;
  onExplain: (button: HTMLElement) => void;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}) {
  const { tab, count, of, beyond, allAddress, filled, onSelectAll, onExplain, onSubmit } = props;
  const isAll = count > 0 && count === of;
  const total = count + beyond.length;
  return (
    <form id={BULK_FORM} method="post" className="bulk" data-selected={total} onSubmit={onSubmit}>
      <label className="js-only flex min-h-10 items-center gap-3">
        <input
          type="checkbox"
          checked={isAll}
          ref={(box) => {
            if (box) box.indeterminate = count > 0 && !isAll;
          }}
          onChange={() => onSelectAll(!isAll)}
        />
        <span className={count > 0 ? "max-sm:sr-only" : undefined}>Select all on this page</span>
      </label>
      <p role="status" className="js-only font-semibold text-ink-strong">
        {total > 0 && `${total} selected`}
        {beyond.length > 0 && `, ${beyond.length} of them on other pages`}
      </p>
      {beyond.map((value) => (
        <input key={value} type="hidden" name="selected" value={value} />
      ))}
      {allAddress !== null && beyond.length === 0 && (
        <Link to={allAddress} preventScrollReset>
          Select all that match, up to {MAX_SELECTED}
        </Link>
      )}
      <div className="bulk-acts">
        {bulkIntentsOf(tab).map((intent) => {
          const { icon: Icon, tone, key } = looks[intent];
          const words = (
            <>
              <Icon size={15} aria-hidden="true" /> {verdictLabels[bulkVerdicts[intent]]}
              <span className="max-sm:sr-only"> selected</span>
            </>
          );
          return intent === "bulk_reject" ? (
            <div key={intent} className="contents">
              <Button
                tone={tone}
                className="js-only"
                data-key={key}
                onClick={(event) => onExplain(event.currentTarget)}
              >
                {words}
              </Button>
              <noscript>
                <details open={filled !== null}>
                  <summary className="btn">Reject selected…</summary>
                  <div className="mt-2 grid gap-3">
                    <VerdictFields intent="reject" prefix="bulk" filled={filled} />
                    <Button type="submit" name="intent" value={intent} tone={tone}>
                      Reject selected
                    </Button>
                  </div>
                </details>
              </noscript>
            </div>
          ) : (
            <Button key={intent} type="submit" name="intent" value={intent} tone={tone} data-key={key} formNoValidate>
              {words}
            </Button>
          );
        })}
      </div>
      {filled?.errors.selected && <p className="complaint">{filled.errors.selected.join(" ")}</p>}
    </form>
  );
}
