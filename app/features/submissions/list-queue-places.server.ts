import { and, eq, gt, inArray, isNotNull, lte, or, sql } from "drizzle-orm";
import { submissions } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { QueuePlace } from "./review-wait";

/** Where these submissions stand in the queues of their challenges at `at`; those that do not wait are left out. */
export async function listQueuePlaces(
  waiting: readonly { submissionId: string; challengeId: string }[],
  at: Date,
): Promise<Map<string, QueuePlace>> {
  if (waiting.length === 0) return new Map();
  const queue = db
    .select({
      id: submissions.id,
      place:
        sql<number>`(row_number() over (partition by ${submissions.challengeId} order by ${submissions.id}))::int`.as(
          "place",
        ),
      of: sql<number>`(count(*) over (partition by ${submissions.challengeId}))::int`.as("of"),
    })
    .from(submissions)
    .where(
      and(
        inArray(submissions.challengeId, [...new Set(waiting.map(({ challengeId }) => challengeId))]),
        isNotNull(submissions.videoId),
        // What was decided inside its window still waits, for everybody but the desk.
        or(
          and(eq(submissions.state, "pending"), lte(submissions.effectiveAt, at)),
          and(eq(submissions.effectiveStateBefore, "pending"), gt(submissions.effectiveAt, at)),
        ),
      ),
    )
    .as("queue");
  const rows = await db
    .select()
    .from(queue)
    .where(
      inArray(
        queue.id,
        waiting.map(({ submissionId }) => submissionId),
      ),
    );
  return new Map(rows.map(({ id, place, of }) => [id, { place, of }]));
}
