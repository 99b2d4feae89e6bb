import { Archive, Ban, CalendarClock, CircleDot, Clock, FilePen, Pause, Snowflake, Trophy } from "lucide-react";
import { Chip } from "~/ui/chip";
import type { Phase } from "./challenge";

const looks = {
  draft: { tone: "neutral", icon: FilePen, word: "Draft" },
  scheduled: { tone: "info", icon: CalendarClock, word: "Opens soon" },
  open: { tone: "approved", icon: CircleDot, word: "Open" },
  paused: { tone: "held", icon: Pause, word: "Paused" },
  reviewing: { tone: "pending", icon: Clock, word: "Reviewing" },
  frozen: { tone: "info", icon: Snowflake, word: "Frozen" },
  final: { tone: "held", icon: Trophy, word: "Final" },
  archived: { tone: "neutral", icon: Archive, word: "Archived" },
  cancelled: { tone: "rejected", icon: Ban, word: "Cancelled" },
} as const;

export function PhaseChip({ phase }: { phase: Phase }) {
  const { tone, icon, word } = looks[phase];
  return (
    <Chip tone={tone} icon={icon}>
      {word}
    </Chip>
  );
}
