import type { Scenario } from "./scenario";
import { deskScenarios } from "./scenarios/desk";
import { entryScenarios } from "./scenarios/entries";
import { linkScenarios } from "./scenarios/links";
import { videoScenarios } from "./scenarios/videos";

/** Every state that a flow can ask for, by its name. A new state of the product gets its scenario in scenarios/. */
const all = { ...videoScenarios, ...linkScenarios, ...entryScenarios, ...deskScenarios };

export type ScenarioName = keyof typeof all;
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = all;
export const scenarioNames = Object.keys(all) as ScenarioName[];
