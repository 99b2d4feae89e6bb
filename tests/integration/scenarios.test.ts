import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { scenarioNames, scenarios } from "#tests/support/qa/scenarios";

const flows = fileURLToPath(new URL("../e2e/", import.meta.url));

test("every scenario has a flow that runs on it, and says what it is in one sentence", async () => {
  const files = (await readdir(flows)).filter((file) => file.endsWith(".spec.ts"));
  const texts = await Promise.all(files.map((file) => readFile(path.join(flows, file), "utf8")));
  const missing = scenarioNames.filter((name) => !texts.some((text) => text.includes(`"${name}"`)));
  expect(missing).toEqual([]);
  for (const name of scenarioNames) expect(scenarios[name].about, name).toMatch(/^[A-Z].*\.$/);
});
