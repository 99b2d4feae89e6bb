/** Which submission, and the version that the moderator sees. `next`: where a page without a script goes on. */
export function DecisionOn(props: { submissionId: string; seenVersion: number; next?: string }) {
  const { submissionId, seenVersion, next } = props;
  return (
    <>
      <input type="hidden" name="submissionId" value={submissionId} />
      <input type="hidden" name="seenVersion" value={seenVersion} />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
    </>
  );
}
