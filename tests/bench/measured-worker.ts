import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type ProductProcess, startWorker } from "../support/product-process";
import { undo } from "./prepare";

const usageSchema = z.object({ cpuMs: z.number(), residentMb: z.number() });
export type Usage = z.infer<typeof usageSchema>;

/** A worker of the product, as built, that can be asked what it uses. */
export interface MeasuredWorker extends ProductProcess {
  usage(): Promise<Usage>;
}

/** Its clock can be moved by orders. It ends with this run. */
export async function startMeasuredWorker(environment: Readonly<Record<string, string>>): Promise<MeasuredWorker> {
  const answers: ((usage: Usage) => void)[] = [];
  const starting = startWorker({
    environment: { ...environment, LOG_LEVEL: "info" }, // it says that it works
    arranged: true,
    imports: [fileURLToPath(new URL("report-usage.ts", import.meta.url))],
    onLine: (line) => {
      if (line.startsWith('{"cpuMs"')) answers.shift()?.(usageSchema.parse(JSON.parse(line)));
    },
  });
  // Also when it is still starting as this run is stopped.
  undo.push(() => starting.then(({ stop }) => stop()).catch(() => undefined));
  const worker = await starting;
  const usage = () =>
    new Promise<Usage>((resolve) => {
      answers.push(resolve);
      worker.child.kill("SIGUSR2");
    });
  return { ...worker, usage };
}
