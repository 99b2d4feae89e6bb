import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import { undoDecision } from "~/features/moderation/undo-decision.server";
import type { Person } from "../support/world/people";
import { type Comparison, compare, measureRounds, quantile, ROUNDS } from "./compare";

const DECIDED = 100;

/** 95th percentile in ms of a decision on a waiting entry, against a bare `BEGIN; UPDATE; INSERT; COMMIT`. */
export async function compareDecision(submissionId: string, admin: Person, databaseUrl: string): Promise<Comparison> {
  const bare = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await bare`create table bare_entries (id uuid primary key, state text not null)`;
  await bare`create table bare_decisions (id uuid primary key, entry_id uuid not null references bare_entries, state text not null)`;
  const entryId = randomUUID();
  await bare`insert into bare_entries values (${entryId}, 'pending')`;
  let version = 1;
  const floor = () =>
    slowest(async () => {
      const started = performance.now();
      await bare.begin(async (tx) => {
        await tx`update bare_entries set state = 'approved' where id = ${entryId}`;
        await tx`insert into bare_decisions values (${randomUUID()}, ${entryId}, 'approved')`;
      });
      return performance.now() - started;
    });
  const ours = () =>
    slowest(async () => {
      const started = performance.now();
      await decideSubmission({ intent: "approve", submissionId, seenVersion: version }, admin.viewer, randomUUID());
      const took = performance.now() - started;
      await undoDecision({ submissionId, seenVersion: version + 1 }, admin.viewer, randomUUID());
      version += 2;
      return took;
    });
  try {
    const rounds = await measureRounds({ ours, floor, control: floor }, { rounds: ROUNDS, warmUps: 1 });
    return compare(rounds, (ms) => ms);
  } finally {
    await bare`drop table bare_decisions, bare_entries`;
    await bare.end();
  }
}

async function slowest(act: () => Promise<number>): Promise<number> {
  const took: number[] = [];
  for (let done = 0; done < DECIDED; done += 1) took.push(await act());
  return quantile(took, 0.95);
}
