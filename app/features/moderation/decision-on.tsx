/** Which submission, and the version that the moderator sees. */
export function DecisionOn({ submissionId, seenVersion }: { submissionId: string; seenVersion: number }) {
  return (
    <>
      <input type="hidden" name="submissionId" value={submissionId} />
      <input type="hidden" name="seenVersion" value={seenVersion} />
    </>
  );
}
