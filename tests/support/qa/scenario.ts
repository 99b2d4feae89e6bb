import { randomUUID } from "node:crypto";
import type { Person } from "../world/people";
import type { QaClock } from "./clock";
import type { QaJobs } from "./jobs";
import type { Stack } from "./stack";

/** When every scenario begins. A date long past, so that nothing in it can come from this machine's clock. */
export const EPOCH = new Date("2026-06-15T10:00:00.000Z");

/** What a scenario leaves for the flow that runs on it. */
export interface Made {
  /** Who takes part, by the name that the scenario gives them: `session("creator")`. */
  people: Readonly<Record<string, Person>>;
  /** The challenge it is about. */
  slug?: string;
  /** Its entries, in the order in which they were made. */
  submissionIds?: readonly string[];
  /** TikTok's ids of the videos it is about. */
  videoIds?: readonly string[];
}

/** For history: the clock, which `make` may hold elsewhere, and the work that it has to wait for. */
export interface Hands {
  clock: Pick<QaClock, "hold">;
  jobs: Pick<QaJobs, "idle" | "runSchedule">;
}

/** A named state of the whole world, made by the product's own verbs and the simulators' orders, never by raw rows. */
export interface Scenario {
  /** One sentence for whoever reads the list. */
  about: string;
  /** Made once a worker and then brought back, so it must be at rest when this ends. The clock stands at EPOCH. */
  make(stack: Stack, hands: Hands): Promise<Made>;
  /** What cannot be at rest, begun anew at each reset with the clock running: faults, a sync under way. */
  begin?(stack: Stack, made: Made): Promise<void>;
}

/** Enters a video by its TikTok id, now. Returns the submission's id. */
export async function enter(stack: Stack, slug: string, creator: Person, reference: string): Promise<string> {
  const entry = { slug, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
  return (await stack.submissions.submitVideo(entry, creator.viewer)).submissionId;
}
