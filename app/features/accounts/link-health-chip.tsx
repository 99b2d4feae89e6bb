import { CircleCheck, CircleSlash, Clock, TriangleAlert, Unplug } from "lucide-react";
import { Chip } from "~/ui/chip";
import type { LinkHealth } from "./account";

const looks = {
  healthy: { tone: "approved", icon: CircleCheck, word: "Connected" },
  expired: { tone: "rejected", icon: Clock, word: "Expired" },
  scope_missing: { tone: "pending", icon: TriangleAlert, word: "Access incomplete" },
  revoked: { tone: "rejected", icon: CircleSlash, word: "Access taken back" },
  disconnected: { tone: "neutral", icon: Unplug, word: "Disconnected" },
} as const;

export function LinkHealthChip({ health }: { health: LinkHealth }) {
  const { tone, icon, word } = looks[health];
  return (
    <span data-testid="link-health" data-state={health}>
      <Chip tone={tone} icon={icon}>
        {word}
      </Chip>
    </span>
  );
}
