import { Eye, Heart, MessageCircle } from "lucide-react";
import { Count } from "~/ui/count";
import { Time } from "~/ui/time";
import type { Metrics } from "./video";

/** Views, likes and comments, with the time of the numbers. */
export function VideoMetrics({ metrics, compact = false }: { metrics: Metrics; compact?: boolean }) {
  return (
    <p className="metrics" title={metrics.at ? `Numbers from ${metrics.at}` : undefined}>
      <Count value={metrics.views} unit="views" icon={Eye} />
      <Count value={metrics.likes} unit="likes" icon={Heart} />
      {!compact && <Count value={metrics.comments} unit="comments" icon={MessageCircle} />}
      {metrics.stale && metrics.at && (
        <span>
          as of <Time at={metrics.at} />
        </span>
      )}
    </p>
  );
}
