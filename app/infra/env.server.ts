import { type Env, readEnvironment } from "./environment";
import { refuseToStart } from "./runtime.server";

/** The settings of this process. What is wrong is listed by name, all at once, and the process exits 78. */
export const env: Env = load();

function load(): Env {
  const read = readEnvironment(process.env);
  if (read.ok) return read.env;
  return refuseToStart(read.problems.map(({ name, problem }) => `${name} ${problem}`));
}
