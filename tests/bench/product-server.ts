import { findFreePort } from "../support/product-process";
import { startChild } from "./child";
import { undo } from "./prepare";

/** Before a path: the same page from the same process's memory. */
export const BY_HEART = "/by-heart";

/** The built product as a web process; it ends with this run. Returns its origin. */
export async function startProductServer(environment: Readonly<Record<string, string>>): Promise<string> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await startChild("tests/bench/serve-product.ts", [], {
    ...environment,
    PORT: String(port),
    APP_ORIGIN: origin,
    LOG_LEVEL: "warn", // a line an answer goes to a file or a pipe that is not ours to measure
  });
  undo.push(server.stop);
  return origin;
}
