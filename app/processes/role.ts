import { roles } from "~/features/accounts/account";
import { setRole } from "~/features/accounts/set-role.server";
import { closeDatabase } from "~/infra/db.server";
import { migrateDatabase } from "~/infra/migrate.server";
import { assertNodeMajor } from "~/infra/runtime.server";

/** npm run role -- <admin|moderator|creator> <open_id> */
assertNodeMajor();
const [wanted, openId] = process.argv.slice(2);
const role = roles.find((known) => known === wanted);
if (!role || !openId) {
  process.stderr.write("Usage: npm run role -- <admin|moderator|creator> <open_id>\n");
  process.exit(2);
}
await migrateDatabase();
const before = await setRole(openId, role);
// Told before the database is let go: an embedded one takes its time to stop on a busy machine.
if (before === null) {
  process.stderr.write("Nobody with this open_id has signed in yet. They sign in first, then get a role.\n");
} else {
  process.stdout.write(
    before === role ? `Already ${role}.\n` : `Now ${role}; was ${before}. Their sessions have ended.\n`,
  );
}
await closeDatabase();
process.exit(before === null ? 1 : 0);
