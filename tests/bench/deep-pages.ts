import { gallerySearch, newestEntries } from "~/features/submissions/gallery";
import { sql } from "~/infra/db.server";
import type { Person } from "../support/world/people";
import { type Comparison, compare, measureRounds, ROUNDS } from "./compare";

const ASKED = 3;

/** Milliseconds of a page that is drawn for one signed-in person alone, against another page of the same kind. */
export async function comparePages(ours: string, floor: string, { cookie }: Person): Promise<Comparison> {
  const ask = async (url: string) => {
    const started = performance.now();
    for (let done = 0; done < ASKED; done += 1) {
      const response = await fetch(url, { headers: { cookie } });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    }
    return (performance.now() - started) / ASKED;
  };
  const contenders = { ours: () => ask(ours), floor: () => ask(floor), control: () => ask(floor) };
  return compare(await measureRounds(contenders, { rounds: ROUNDS, warmUps: 2 }), (ms) => ms);
}

/** Where a challenge's gallery goes on after so many entries, newest first. */
export async function pageOfGallery(origin: string, slug: string, after: number): Promise<string> {
  const path = `${origin}/challenges/${slug}`;
  if (after === 0) return path;
  const [last] = await sql<{ id: string }[]>`
    select s.id from submissions s join challenges c on c.id = s.challenge_id
    where c.slug = ${slug} and s.state = 'approved' order by s.id desc offset ${after - 1} limit 1`;
  if (!last) throw new Error(`the gallery has fewer than ${after} entries`);
  return path + gallerySearch({ ...newestEntries, before: { value: null, submissionId: last.id } });
}
