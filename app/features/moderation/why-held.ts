import { anomalySchema, anomalyWords } from "~/features/submissions/anomaly";
import { type HoldReason, holdReasonLabels } from "~/features/submissions/hold";

/** Why an entry is held, in a few words for moderators: what was found, or which rule asked for it, before the reason. */
export function whyHeld(hold: { reason: HoldReason; anomaly: unknown; rule: string | null }): string {
  const anomaly = anomalySchema.safeParse(hold.anomaly);
  if (anomaly.success) return anomalyWords(anomaly.data);
  return hold.rule === null ? holdReasonLabels[hold.reason] : `The rule “${hold.rule}”`;
}
