import { ArrowRight } from "lucide-react";
import { ButtonLink } from "~/ui/button";
import type { ShownChallenge } from "./challenge";
import { Countdown, NextDate } from "./challenge-dates";
import { PhaseChip } from "./phase-chip";

/** The top of a challenge page: what it is, how long it runs, and the one thing to do; beside it a wall of covers. */
export function ChallengeHero(props: {
  challenge: ShownChallenge;
  counts: { approved: number; entries: number };
  covers: readonly string[];
  /** The server's time, ISO. */
  at: string;
}) {
  const { challenge, counts, covers, at } = props;
  const { phase } = challenge;
  return (
    <header className="hero">
      <div className="wrap hero-row">
        <div className="grid justify-items-start gap-5">
          <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-ink-muted">
            <PhaseChip phase={phase} /> Organized by {challenge.organizer}
          </p>
          <h1 className="text-hero">{challenge.title}</h1>
          <p className="max-w-[46ch] whitespace-pre-line text-lead">{challenge.brief}</p>
          {phase === "open" && <Countdown until={challenge.closesAt} at={at} />}
          {phase === "scheduled" && <Countdown until={challenge.opensAt} at={at} />}
          <p className="text-[0.8125rem] text-ink-muted">
            <NextDate {...challenge} />
          </p>
          <div className="flex flex-wrap items-center gap-x-8 gap-y-4">
            {phase === "open" && (
              <ButtonLink to={`/challenges/${challenge.slug}/submit`} tone="primary" large>
                Enter a video <ArrowRight size={18} aria-hidden="true" />
              </ButtonLink>
            )}
            {phase === "paused" && <p className="text-ink-muted">Paused by the organizer. Entries are safe.</p>}
            {phase === "cancelled" && <p className="text-ink-muted">Cancelled by the organizer.</p>}
            <dl className="facts">
              {challenge.prize && <Fact term="Prize" value={challenge.prize} />}
              <Fact term="Entries" value={counts.entries.toLocaleString("en")} />
            </dl>
          </div>
        </div>
        <CoverWall covers={covers} />
      </div>
    </header>
  );
}

export function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const COLUMNS = 4;

/** Decoration: the newest approved entries' covers, a few columns of them; none until there are enough for a wall. */
function CoverWall({ covers }: { covers: readonly string[] }) {
  if (covers.length < COLUMNS) return null;
  const columns = Array.from({ length: COLUMNS }, (_, column) => covers.filter((_cover, i) => i % COLUMNS === column));
  return (
    <div className="wall" aria-hidden="true">
      {columns.map((column) => (
        <div key={column[0] ?? "none"} className="wall-column">
          {column.map((cover) => (
            <div key={cover} className="cover">
              <img src={cover} alt="" width={180} height={320} decoding="async" referrerPolicy="no-referrer" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
