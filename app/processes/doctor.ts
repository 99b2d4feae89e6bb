import { runDoctor } from "~/features/operations/run-doctor.server";
import { closeDatabase } from "~/infra/db.server";
import { assertNodeMajor } from "~/infra/runtime.server";

/** npm run doctor: checks what the settings point to. Exits 1 when something failed, 78 when a setting cannot be read. */
assertNodeMajor();
const findings = await runDoctor();
await closeDatabase();
for (const { check, ok, says } of findings) process.stdout.write(`${ok ? "ok    " : "failed"}  ${check}: ${says}\n`);
process.exit(findings.every(({ ok }) => ok) ? 0 : 1);
