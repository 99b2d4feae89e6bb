import type { Phase } from "./challenge";

interface Dates {
  phase: Phase;
  opensAt: string;
  closesAt: string;
  timeZone: string;
}

/** The next date that matters, in the organizer's own zone; none when it was called off. */
export function NextDate({ phase, opensAt, closesAt, timeZone }: Dates) {
  if (phase === "cancelled") return "It takes no entries.";
  const opens = phase === "draft" || phase === "scheduled";
  const at = opens ? opensAt : closesAt;
  const verb = opens ? "Opens" : phase === "open" || phase === "paused" ? "Closes" : "Closed";
  return (
    <>
      {verb} <time dateTime={at}>{inZone(at, timeZone)}</time>
    </>
  );
}

function inZone(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  }).format(new Date(at));
}

const MINUTE = 60_000;

/** Time left until `until`, drawn by the server at `at` and kept up by the page's script. */
export function Countdown({ until, at }: { until: string; at: string }) {
  const left = Math.max(0, Math.floor((Date.parse(until) - Date.parse(at)) / MINUTE));
  const units = [
    { unit: "days", value: Math.floor(left / 1440) },
    { unit: "hours", value: Math.floor((left % 1440) / 60) },
    { unit: "minutes", value: left % 60 },
  ];
  return (
    <tp-countdown class="countdown" until={until} at={at} role="timer" aria-label="Time left">
      {units.map(({ unit, value }) => (
        <span key={unit} className="grid">
          <b data-unit={unit} suppressHydrationWarning>
            {value}
          </b>
          <span>{unit}</span>
        </span>
      ))}
    </tp-countdown>
  );
}
