import { Eye } from "lucide-react";
import type { MouseEvent, RefObject } from "react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import type { DecisionState } from "~/features/submissions/submission";
import { Time } from "~/ui/time";
import { BULK_FORM } from "./bulk-bar";
import { type ReviewEntry, selectedValue } from "./decision";
import type { EntryActs } from "./verdict-forms";

export const entryName = ({ creatorName, video }: ReviewEntry) =>
  `${creatorName}: ${video.caption.slice(0, 80) || "No caption"}`;

/** What is to be seen of an entry at a glance: its state, whether it is selected, and who is looking at it. */
export function ReviewMarks(props: {
  entry: ReviewEntry;
  state: DecisionState;
  selected: boolean | null;
  acts: RefObject<EntryActs>;
}) {
  const { entry, state, selected, acts } = props;
  const { claim, submissionId } = entry;
  return (
    <>
      <DecisionStateChip state={state} />
      {selected !== null && (
        <label className="select-entry">
          <input
            type="checkbox"
            form={BULK_FORM}
            name="selected"
            value={selectedValue(entry)}
            checked={selected}
            onClick={(event: MouseEvent) => acts.current?.select(submissionId, event.shiftKey)}
            onChange={ignore}
          />
          <span className="sr-only" dir="auto">
            Select {entryName(entry)}
          </span>
        </label>
      )}
      {claim && (
        <p className="claim">
          <Eye size={14} aria-hidden="true" />
          <span>
            {claim.by} is looking until <Time at={claim.until} withDay={false} />
          </span>
        </p>
      )}
    </>
  );
}

/** React wants to hear of a change; the click before it tells whether Shift was down. */
const ignore = () => undefined;
