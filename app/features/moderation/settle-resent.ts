import { type DeskAnswer, deskActionSchema, isBulk, isVerdict, verdictMoves } from "./decision";

/**
 * What a form's answer means when it was sent more than once because the network went away: it may have arrived the first
 * time without our hearing of it. What stands by the viewer's own verdict was then done, and is no conflict.
 */
export function settleResent(answer: DeskAnswer, fields: readonly (readonly [string, string])[]): DeskAnswer {
  const selected = fields.flatMap(([name, value]) => (name === "selected" ? [value] : []));
  const sent = deskActionSchema.safeParse({ ...Object.fromEntries(fields), selected });
  if (!sent.success) return answer;
  if ("refusal" in answer && answer.refusal.code === "CONFLICT" && isVerdict(sent.data)) {
    const { intent, seenVersion } = sent.data;
    const { standing } = answer;
    const own = standing?.lastDecision?.own && standing.version === seenVersion + 1;
    if (!own || standing.state !== verdictMoves[intent].to) return answer;
    return { done: { kind: "decided", entry: null, at: standing.lastDecision?.at ?? "" } };
  }
  if ("done" in answer && answer.done.kind === "bulk" && isBulk(sent.data)) {
    const { report, at } = answer.done;
    const versions = new Map(sent.data.selected.map((one) => [one.submissionId, one.seenVersion]));
    const skipped = report.skipped.filter(
      ({ submissionId, entry }) =>
        !(
          entry?.lastDecision?.own &&
          entry.state === report.to &&
          entry.version === (versions.get(submissionId) ?? 0) + 1
        ),
    );
    const done = report.done + report.skipped.length - skipped.length;
    return { done: { kind: "bulk", at, report: { ...report, done, skipped } } };
  }
  return answer;
}
