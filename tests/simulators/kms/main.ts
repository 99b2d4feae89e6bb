import { z } from "zod";
import { startKmsSimulator } from "./simulator";

/**
 * The KMS simulator as a process: prints one line of JSON with its origin, and stops on a signal, or with its parent
 * (its stdin ends) where KMS_SIM_UNTIL_STDIN_ENDS=1.
 */
const env = z
  .object({
    KMS_SIM_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    KMS_SIM_UNTIL_STDIN_ENDS: z.enum(["0", "1"]).default("0"),
    AWS_REGION: z.string().min(1).optional(),
    AWS_ACCESS_KEY_ID: z.string().min(1),
    AWS_SECRET_ACCESS_KEY: z.string().min(1),
  })
  .parse(process.env);

const simulator = await startKmsSimulator({
  port: env.KMS_SIM_PORT,
  region: env.AWS_REGION,
  accessKeyId: env.AWS_ACCESS_KEY_ID,
  secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
});
process.stdout.write(`${JSON.stringify({ origin: simulator.origin })}\n`);

const stop = () => {
  void simulator.stop().finally(() => process.exit(0));
};
process.once("SIGTERM", stop).once("SIGINT", stop);
if (env.KMS_SIM_UNTIL_STDIN_ENDS === "1") process.stdin.once("end", stop).once("error", stop).resume();
