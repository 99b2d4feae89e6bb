import { randomUUID } from "node:crypto";
import { clockHeldAt } from "#tests/support/product-seams";
import type { Person } from "#tests/support/world/people";
import type { startProduct } from "./product-in-process";

/**
 * Everybody who may knock. `demoted` was a moderator: the role is gone, the session lives on. `ended` was one too, and
 * the session has ended with the role.
 */
export const askers = ["visitor", "ended", "creator", "demoted", "moderator", "admin"] as const;
export type Asker = (typeof askers)[number];

interface Belongings {
  /** An entry that waits for a decision. */
  pending: string;
  video: string;
  session: string;
}

/** What a line of the matrix can be about. */
export interface Asked {
  /** The asker's own, with a video that is not entered; the creator's for those who are nobody. */
  own: Belongings;
  /** Of a creator who asks nothing. */
  other: Belongings & { approved: string /** Unsubscribes them. */; letterToken: string };
  /** Addresses of challenges: an open one, a draft, a draft that is led through its phases, one to call off. */
  open: string;
  draft: string;
  acted: string;
  called: string;
  /** An entry of the other creator that waits, for this asker alone. */
  deal: string;
}

export interface DoorsWorld {
  asked: (asker: Asker) => Asked;
  /** The Cookie header; empty for a visitor. */
  cookie: (asker: Asker, as: "themselves" | "a spare") => string;
  /** Words that nobody but these may be shown. */
  secrets: readonly { words: string; mayKnow: readonly Asker[] }[];
  /** Whether the other creator's entry and session are what they were. */
  otherIsUntouched: () => Promise<boolean>;
}

const MINUTE = 60_000;
const DRAFT_TITLE = "Unannounced Brass Kettles";
const WAITING_CAPTION = "Copper lanterns that nobody has looked at";

/** People of every kind with what is theirs, by the product's own verbs. */
export async function makeDoorsWorld({
  tiktok,
  people,
  verbs,
  sql,
}: Awaited<ReturnType<typeof startProduct>>): Promise<DoorsWorld> {
  const { setRole } = await import("~/features/accounts/set-role.server");
  const { giveAddress } = await import("~/features/notifications/give-address.server");
  const { linkOf } = await import("~/features/notifications/mail-link.server");
  const { makeChallenge } = await import("#tests/support/world/challenges");
  const arrive = async (name: string, role: "creator" | "moderator" | "admin") => {
    await tiktok.addAccount({ openId: `door-${name}`, displayName: `Door ${name}`, videos: 2 });
    return people.signIn(`door-${name}`, { role });
  };
  /** Another session than the one that the person asks with. */
  const otherSession = async (name: string, { viewer }: Person) => {
    const known = (await sql<{ id: string }[]>`select id from sessions where user_id = ${viewer.userId}`)[0]?.id ?? "";
    return { session: known, person: await people.signIn(`door-${name}`) };
  };
  const admin = await arrive("admin", "admin");
  const challenge = async (title: string, acts: readonly "publish"[]) => {
    const dates = { opensInHours: -48, closesInHours: 100 };
    const { slug } = await makeChallenge(admin.viewer, { ...dates, title, acts, form: { entriesPerCreator: "100" } });
    return slug;
  };
  const open = await challenge("Doors", ["publish"]);
  const [draft, acted, called] = [
    await challenge(DRAFT_TITLE, []),
    await challenge("Led through", []),
    await challenge("Called off", ["publish"]),
  ];
  const enter = async ({ viewer }: Person, reference: string) => {
    const entry = { slug: open, reference, acceptedRulesVersion: 1, attemptId: randomUUID() };
    return (await verbs.submitVideo(entry, viewer)).submissionId;
  };
  const settle = async (name: string, arrived: Person) => {
    const [first, second] = await tiktok.videos(`door-${name}`);
    const { session, person } = await otherSession(name, arrived);
    const own = { pending: await enter(person, first?.id ?? ""), video: second?.id ?? "", session };
    return { person, own };
  };

  const home = {
    admin: await settle("admin", admin),
    moderator: await settle("moderator", await arrive("moderator", "moderator")),
    creator: await settle("creator", await arrive("creator", "creator")),
    demoted: await settle("demoted", await arrive("demoted", "moderator")),
  };
  await sql`update users set role = 'creator' where id = ${home.demoted.person.viewer.userId}`;
  const ended = await arrive("ended", "moderator");
  await setRole("door-ended", "creator");
  const spares = {
    admin: await arrive("spare-admin", "admin"),
    moderator: await arrive("spare-moderator", "moderator"),
    creator: await arrive("spare-creator", "creator"),
    demoted: await arrive("spare-demoted", "creator"),
  };

  const other = await arrive("other", "creator");
  const posts: { id: string }[] = [];
  for (let number = 0; number < 2 + askers.length; number += 1) {
    posts.push(await tiktok.addVideo("door-other", { caption: number === 0 ? WAITING_CAPTION : `Shown ${number}` }));
  }
  const earlier = new Date(Date.now() - 5 * MINUTE);
  const entries = await clockHeldAt(earlier, async () => {
    const made: string[] = [];
    for (const { id } of posts) made.push(await enter(other, id));
    const [, submissionId = ""] = made;
    await verbs.decideSubmission({ intent: "approve", submissionId, seenVersion: 1 }, admin.viewer, randomUUID());
    return made;
  });
  const [pending = "", approved = "", ...deals] = entries;
  const session = (await otherSession("other", other)).session;
  await giveAddress(other.viewer, "door-other@example.org");
  const [address] = await sql<{ id: string }[]>`select id from mail_addresses`;
  const letterToken = linkOf(address?.id ?? "", { stop: true }).replace(/.*=/, "");
  const others = { pending, approved, session, video: posts[0]?.id ?? "", letterToken };
  const lookAtOther = () => sql`
    select s.state, s.version, (select count(*)::int from sessions where user_id = ${other.viewer.userId}) as sessions
    from submissions s where s.id = ${pending}`;
  const before = JSON.stringify(await lookAtOther());

  const isMember = (asker: Asker): asker is keyof typeof home => asker in home;
  return {
    asked: (asker) => ({
      own: home[isMember(asker) ? asker : "creator"].own,
      other: others,
      open,
      draft,
      acted,
      called,
      deal: deals[askers.indexOf(asker)] ?? "",
    }),
    cookie: (asker, as) => {
      if (asker === "visitor") return "";
      if (!isMember(asker)) return ended.cookie;
      return as === "a spare" ? spares[asker].cookie : home[asker].person.cookie;
    },
    secrets: [
      { words: DRAFT_TITLE, mayKnow: ["admin"] },
      { words: WAITING_CAPTION, mayKnow: ["admin", "moderator"] },
    ],
    otherIsUntouched: async () => JSON.stringify(await lookAtOther()) === before,
  };
}
