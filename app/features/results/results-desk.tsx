import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";
import { MAX_PLACES, undecidedInWords } from "./result";
import { ResultHistory } from "./result-history";
import type { ResultsDesk } from "./show-results-desk.server";
import type { Standing } from "./standing";
import { StandingsTable } from "./standings-table";

/** What was typed and what is wrong with it, by field. */
export interface FormComplaints {
  filled: Partial<Record<string, string>>;
  errors: Partial<Record<string, string[]>>;
}

/** From a closed challenge to its winners: what its phase asks of the admin, then the board that it is about. */
export function ResultsDeskView({ desk, complaints }: { desk: ResultsDesk; complaints: FormComplaints | null }) {
  const { challenge, standings, ranked, results } = desk;
  const [result] = results;
  const title = challenge.frozenAt ? "The frozen board" : "The board as it stands";
  return (
    <>
      <NextStep desk={desk} complaints={complaints} />
      {results.length > 0 && (
        <Part id="versions" title="Versions of the results">
          <ResultHistory results={results} />
        </Part>
      )}
      <Part id="board" title={title}>
        {ranked === 0 ? (
          <EmptyState title="Nobody is ranked">No approved entry has numbers.</EmptyState>
        ) : (
          <>
            <p className="mb-4 text-ink-muted">
              {ranked === 1 ? "1 ranked entry." : `${ranked.toLocaleString("en")} ranked entries.`}{" "}
              <Link to={`/challenges/${challenge.slug}/leaderboard`}>See every rank, and why</Link>
            </p>
            <StandingsTable
              standings={standings}
              winners={result?.winners.map(({ submissionId }) => submissionId) ?? []}
              scoring={null}
              caption="The first ranks by points"
            />
          </>
        )}
      </Part>
    </>
  );
}

function NextStep({ desk, complaints }: { desk: ResultsDesk; complaints: FormComplaints | null }) {
  switch (desk.challenge.phase) {
    case "reviewing":
      return <Freeze desk={desk} />;
    case "frozen":
      return <Publish complaints={complaints} />;
    case "final":
    case "archived":
      return <Replace desk={desk} complaints={complaints} />;
    case "draft":
    case "scheduled":
    case "open":
    case "paused":
    case "cancelled":
      return (
        <EmptyState title="There are no results to make yet">
          Once the challenge is closed and its entries are decided, you freeze its standings here.
        </EmptyState>
      );
  }
}

function Freeze({ desk: { challenge, undecided } }: { desk: ResultsDesk }) {
  const waiting = undecidedInWords(undecided);
  return (
    <Part id="freeze" title="Freeze the standings">
      <p className="max-w-[65ch]">
        Every rank and score, and the numbers behind them, are written down once and never change again. After that
        nobody decides on an entry, withdraws one or hands one in anew. You cannot take it back.
      </p>
      {waiting.length > 0 && (
        <Banner tone="pending" title="Not yet: some entries can still change">
          {new Intl.ListFormat("en").format(waiting)}. <Link to={`/review/${challenge.slug}`}>Go to the desk</Link>
        </Banner>
      )}
      <Form method="post" className="mt-4">
        <Button type="submit" tone="primary" name="intent" value="freeze">
          Freeze the standings
        </Button>
      </Form>
    </Part>
  );
}

const placeChoices = Array.from({ length: MAX_PLACES }, (_, index) => String(index + 1));

function Publish({ complaints }: { complaints: FormComplaints | null }) {
  return (
    <Part id="publish" title="Publish the results">
      <p className="max-w-[65ch]">
        The challenge becomes final, and everybody sees who won. Entries that share a rank win together; an entry that
        was removed is passed over.
      </p>
      <Form method="post" className="mt-4 grid max-w-sm gap-4">
        <Field id="places" label="How many places win" errors={complaints?.errors.places}>
          {(wiring) => (
            <select className="input" name="places" defaultValue="3" {...wiring}>
              {placeChoices.map((places) => (
                <option key={places}>{places}</option>
              ))}
            </select>
          )}
        </Field>
        <Button type="submit" tone="primary" name="intent" value="publish" className="justify-self-start">
          Publish the results
        </Button>
      </Form>
    </Part>
  );
}

function Replace({ desk, complaints }: { desk: ResultsDesk; complaints: FormComplaints | null }) {
  const [result] = desk.results;
  if (!result || result.winners.length === 0) return null;
  const { errors = {}, filled = {} } = complaints ?? {};
  return (
    <Part id="replace" title="Replace a winner">
      <p className="max-w-[65ch]">
        This makes a new version of the results. Ranks and scores stay as they were frozen, and the versions before stay
        readable.
      </p>
      <Form method="post" className="mt-4 grid max-w-xl gap-5">
        <input type="hidden" name="seenVersion" value={result.version} />
        <Field id="winner" label="Who does not win any more" errors={errors.winner}>
          {(wiring) => (
            <select className="input" name="winner" required defaultValue={filled.winner ?? ""} {...wiring}>
              <option value="">Choose a winner</option>
              {result.winners.map((winner) => (
                <Choice key={winner.submissionId} standing={winner} />
              ))}
            </select>
          )}
        </Field>
        <Field
          id="instead"
          label="Who wins instead"
          hint="The next on the board come first. Whoever won in an earlier version is not among them."
          errors={errors.instead}
        >
          {(wiring) => (
            <select
              className="input"
              name="instead"
              defaultValue={filled.instead ?? desk.alternates[0]?.submissionId ?? ""}
              {...wiring}
            >
              {desk.alternates.map((alternate) => (
                <Choice key={alternate.submissionId} standing={alternate} />
              ))}
              <option value="">Nobody</option>
            </select>
          )}
        </Field>
        <Field
          id="reason"
          label="Reason"
          hint="Everybody reads it, for good. Say what happened, and name nobody."
          errors={errors.reason}
        >
          {(wiring) => (
            <textarea
              className="input"
              name="reason"
              rows={3}
              required
              maxLength={500}
              defaultValue={filled.reason}
              {...wiring}
            />
          )}
        </Field>
        <Button type="submit" tone="danger" name="intent" value="replace" className="justify-self-start">
          Replace the winner
        </Button>
      </Form>
    </Part>
  );
}

function Choice({ standing: { submissionId, rank, entry } }: { standing: Standing }) {
  const caption = entry?.video.caption.slice(0, 40);
  return (
    <option value={submissionId}>
      {`Rank ${rank}: ${entry?.creatorName ?? "removed entry"}${caption ? `, ${caption}` : ""}`}
    </option>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mt-10">
      <h2 id={id} className="!text-[1.25rem] mb-2">
        {title}
      </h2>
      {children}
    </section>
  );
}
