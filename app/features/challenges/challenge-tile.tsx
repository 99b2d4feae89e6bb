import { ArrowRight, Film } from "lucide-react";
import { ButtonLink } from "~/ui/button";
import { Link } from "~/ui/link";
import type { Phase } from "./challenge";
import { NextDate } from "./challenge-dates";
import { Fact } from "./challenge-hero";
import { PhaseChip } from "./phase-chip";

export interface TileChallenge {
  slug: string;
  title: string;
  brief: string;
  organizer: string;
  prize: string | null;
  timeZone: string;
  opensAt: string;
  closesAt: string;
  phase: Phase;
  approvedCount: number;
  entryCount: number;
  covers: readonly string[];
}

/** The challenge that the home page leads with. */
export function ChallengeFeature({ challenge }: { challenge: TileChallenge }) {
  return (
    <article className="feature">
      <div className="grid content-center justify-items-start gap-4 p-6 md:p-11">
        <PhaseChip phase={challenge.phase} />
        <h3 className="feature-title">
          <Link to={`/challenges/${challenge.slug}`}>{challenge.title}</Link>
        </h3>
        <p className="line-clamp-3 text-ink-muted">{challenge.brief}</p>
        <Facts challenge={challenge} />
        <ButtonLink to={`/challenges/${challenge.slug}`} tone="primary" large>
          See the challenge <ArrowRight size={18} aria-hidden="true" />
        </ButtonLink>
      </div>
      {challenge.covers.length >= FAN && <Covers covers={challenge.covers} className="fan" />}
    </article>
  );
}

/** A challenge among others. */
export function ChallengeTile({ challenge }: { challenge: TileChallenge }) {
  return (
    <article className="tile">
      {challenge.covers.length > 0 ? (
        <Covers covers={challenge.covers.slice(0, 3)} className="trio" />
      ) : (
        <div className="trio trio-empty" aria-hidden="true">
          <Film size={40} strokeWidth={1.25} />
        </div>
      )}
      <div className="grid content-start justify-items-start gap-3 p-5">
        <PhaseChip phase={challenge.phase} />
        <h3 className="tile-title">
          <Link to={`/challenges/${challenge.slug}`}>{challenge.title}</Link>
        </h3>
        <p className="line-clamp-2 text-[0.8125rem] text-ink-muted">{challenge.brief}</p>
        <Facts challenge={challenge} />
      </div>
    </article>
  );
}

/** Fewer do not make a fan. */
const FAN = 3;

function Facts({ challenge }: { challenge: TileChallenge }) {
  return (
    <>
      <p className="text-[0.8125rem] text-ink-muted">
        <NextDate {...challenge} />
      </p>
      <dl className="facts">
        {challenge.prize && <Fact term="Prize" value={challenge.prize} />}
        <Fact term="Entries" value={challenge.entryCount.toLocaleString("en")} />
      </dl>
    </>
  );
}

function Covers({ covers, className }: { covers: readonly string[]; className: string }) {
  return (
    <div className={className} aria-hidden="true">
      {covers.map((cover) => (
        <div key={cover} className="cover">
          <img src={cover} alt="" width={180} height={320} decoding="async" referrerPolicy="no-referrer" />
        </div>
      ))}
    </div>
  );
}
