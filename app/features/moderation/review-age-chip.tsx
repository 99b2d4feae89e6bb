import { Clock, Hourglass, TriangleAlert } from "lucide-react";
import { spanWords } from "~/features/submissions/review-wait";
import { Chip } from "~/ui/chip";
import type { ReviewDue } from "./review-age";

/** How much time is left to decide, in words beside the colour. */
export function ReviewAgeChip({ due: { age, leftMs } }: { due: ReviewDue }) {
  const span = spanWords(Math.abs(leftMs) / 1_000);
  switch (age) {
    case "overdue":
      return (
        <Chip tone="rejected" icon={TriangleAlert}>
          Overdue by {span}
        </Chip>
      );
    case "due_soon":
      return (
        <Chip tone="pending" icon={Hourglass}>
          Due in {span}
        </Chip>
      );
    case "on_time":
      return (
        <Chip tone="neutral" icon={Clock}>
          Due in {span}
        </Chip>
      );
  }
}
