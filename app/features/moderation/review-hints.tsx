import { Lightbulb } from "lucide-react";
import { reasonLabels } from "~/features/submissions/reason";
import type { ReviewEntry } from "./decision";
import { ReviewAgeChip } from "./review-age-chip";

/** How long an entry may still wait, and what rules that help say of it; a person decides. */
export function ReviewHints({ entry: { due, suggestions } }: { entry: ReviewEntry }) {
  return (
    <>
      {due && (
        <p className="mt-2">
          <ReviewAgeChip due={due} />
        </p>
      )}
      {suggestions.length > 0 && (
        <ul className="mt-2 grid gap-1 text-[0.75rem]">
          {suggestions.map(({ rule, reason }) => (
            <li key={`${rule} ${reason}`} className="suggestion">
              <Lightbulb size={14} aria-hidden="true" />
              <span className="min-w-0 break-words">
                Suggests to reject: <strong>{reasonLabels[reason]}</strong>{" "}
                <span className="text-ink-muted" dir="auto">
                  ({rule})
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
