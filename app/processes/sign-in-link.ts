import { makeSignInLink } from "~/features/accounts/make-sign-in-link.server";
import { closeDatabase } from "~/infra/db.server";
import { migrateDatabase } from "~/infra/migrate.server";
import { assertNodeMajor } from "~/infra/runtime.server";

/** npm run sign-in-link -- <open_id> */
assertNodeMajor();
const [openId] = process.argv.slice(2);
if (!openId) {
  process.stderr.write("Usage: npm run sign-in-link -- <open_id>\n");
  process.exit(2);
}
await migrateDatabase();
const made = await makeSignInLink(openId);
if (made.outcome === "made") {
  process.stdout.write(
    `${made.url}\nGood once, within ${made.minutes} minutes. Whoever has it is them: hand it over safely.\n`,
  );
} else if (made.outcome === "not_staff") {
  process.stderr.write("This account is no moderator and no admin. Creators sign in with TikTok.\n");
} else {
  process.stderr.write("Nobody with this open_id has signed in yet.\n");
}
await closeDatabase();
process.exit(made.outcome === "made" ? 0 : 1);
