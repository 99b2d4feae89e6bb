import { sql } from "~/infra/db.server";

/**
 * `times` copies of an entry with its video and its decisions, in the same challenge and each a video of its own. As rows:
 * by the product's verbs 100,000 entries take an hour, and nothing here measures how they came to be.
 */
export async function copyEntry(submissionId: string, times: number): Promise<void> {
  await sql.begin(async (tx) => {
    // Rows that are true copies need no trigger to check or tell them.
    await tx`set local session_replication_role = replica`;
    await tx`create temporary table copies on commit drop as
      select gen_random_uuid() as submission_id, gen_random_uuid() as video_id, (8000000000000000000 + random() * 1e17)::bigint::text as tiktok_id, n
      from generate_series(1, ${times}::int) n`;
    await tx`insert into videos select copied.* from copies,
      submissions s join videos v on v.id = s.video_id,
      lateral jsonb_populate_record(v, jsonb_build_object(
        'id', copies.video_id, 'tiktok_video_id', tiktok_id, 'view_count', n)) copied
      where s.id = ${submissionId}`;
    await tx`insert into submissions select copied.* from copies, submissions s,
      lateral jsonb_populate_record(s, jsonb_build_object(
        'id', copies.submission_id, 'video_id', copies.video_id, 'attempt_id', gen_random_uuid())) copied
      where s.id = ${submissionId}`;
    await tx`insert into decisions select copied.* from copies, decisions d,
      lateral jsonb_populate_record(d, jsonb_build_object(
        'id', gen_random_uuid(), 'submission_id', copies.submission_id)) copied
      where d.submission_id = ${submissionId}`;
  });
  await sql`analyze videos, submissions, decisions`;
}
