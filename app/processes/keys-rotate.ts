import { rotateKeys } from "~/features/accounts/rotate-keys.server";
import { checkVaultAtStart, vaultReady } from "~/infra/check-vault-at-start.server";
import { closeDatabase } from "~/infra/db.server";
import { migrateDatabase } from "~/infra/migrate.server";
import { assertNodeMajor } from "~/infra/runtime.server";

/** npm run keys:rotate: seals every stored token under the current key. Exits 1 when some are still under another. */
assertNodeMajor();
await migrateDatabase();
await checkVaultAtStart();
if (!vaultReady()) {
  process.stderr.write("The key provider is out of reach, so nothing was changed. Run this again later.\n");
  await closeDatabase();
  process.exit(1);
}
const { keyId, resealed, alreadyCurrent, failed, remaining } = await rotateKeys();
process.stdout.write(`The key is ${keyId}.\n${resealed} re-sealed, ${alreadyCurrent} already under it.\n`);
for (const [reason, count] of failed) process.stdout.write(`${count} failed: ${reason}\n`);
if (remaining > 0) process.stderr.write(`${remaining} still under another key. Run this again when that is mended.\n`);
await closeDatabase();
process.exit(remaining === 0 ? 0 : 1);
