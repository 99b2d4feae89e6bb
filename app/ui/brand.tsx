/** The pot with a rising line: TrendPot's mark. */
export function Brand() {
  return (
    <>
      <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
        <path d="M4 12.5h18v3a8 8 0 0 1-8 8h-2a8 8 0 0 1-8-8z" fill="currentColor" />
        <path d="M2.5 12.5h21" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
        <path
          d="M7 8.5l4-3.5 3 2.5L19 2.5"
          fill="none"
          stroke="var(--accent-line)"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>TrendPot</span>
    </>
  );
}
