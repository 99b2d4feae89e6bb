import { Ban, Check, Clock, Flag, type LucideIcon, PencilLine, Trash2, Undo2, X } from "lucide-react";
import { Chip, type Tone } from "~/ui/chip";
import { type DecisionState, decisionStateLabels } from "./submission";

const looks: Record<DecisionState, { tone: Tone; icon: LucideIcon }> = {
  pending: { tone: "pending", icon: Clock },
  approved: { tone: "approved", icon: Check },
  rejected: { tone: "rejected", icon: X },
  changes_requested: { tone: "info", icon: PencilLine },
  flagged: { tone: "held", icon: Flag },
  disqualified: { tone: "rejected", icon: Ban },
  removed: { tone: "neutral", icon: Trash2 },
  withdrawn: { tone: "neutral", icon: Undo2 },
};

export function DecisionStateChip({ state }: { state: DecisionState }) {
  const { tone, icon } = looks[state];
  return (
    <Chip tone={tone} icon={icon}>
      {decisionStateLabels[state]}
    </Chip>
  );
}
