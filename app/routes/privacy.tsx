import type { MetaFunction } from "@remix-run/node";
import { retention } from "~/features/accounts/retention";

export const meta: MetaFunction = () => [{ title: "Privacy · TrendPot" }];

export const handle = { document: "public" };

export default function Privacy() {
  return (
    <article className="wrap section prose">
      <h1>Privacy</h1>
      <p>
        This site runs TrendPot, software that its operator hosts. “We” below means that operator. This page says what
        the software does; nothing else is done with what it reads.
      </p>
      <h2>What is stored when you sign in with TikTok</h2>
      <ul>
        <li>
          Your TikTok account's identifier for this site, your display name and the address of your picture, and, if you
          allow it, your user name and profile text.
        </li>
        <li>Which permissions you granted, and when.</li>
        <li>
          TikTok's access and refresh tokens for your account. They are encrypted before they are stored, under a key
          that is kept apart from the database. They never reach a browser.
        </li>
        <li>
          For each session: when it began, when it was last used, and the names of your browser and system, without your
          network address. A session ends after {retention.sessionIdleDays} days without use and after{" "}
          {retention.sessionDays} days in any case, and is removed within {retention.removalMinutes} minutes of that.
        </li>
        <li>
          One session cookie, and one cookie for {retention.signInMinutes} minutes while you sign in. If you choose a
          light or dark theme, a cookie remembers that.
        </li>
        <li>
          What TikTok tells us about your link, such as that you took access back: for {retention.webhookDays} days.
        </li>
      </ul>
      <h2>What is stored of your videos</h2>
      <p>
        When you press “Sync now”, by itself from time to time after that, and when you enter a video, we read from
        TikTok: the video's identifier, caption, date, length, size, cover address, link, embed markup, and its numbers
        of views, likes, comments and shares. Private videos are not read. Earlier numbers are kept so that changes can
        be seen.
      </p>
      <h2>What others see</h2>
      <p>
        Nobody but you and the moderators sees a video here before it is entered and approved. An approved entry shows
        its cover, caption, numbers, your display name and picture on its challenge's public pages, with its rank. Name,
        link, numbers and rank are there as data for other sites too. Covers and pictures are loaded from TikTok's
        servers; TikTok's player is loaded only when somebody presses play, or has chosen on an entry's page that
        players always load there; only their own browser knows of that choice.
      </p>
      <h2>What is stored when you report an entry</h2>
      <p>
        The reason that you chose, what you wrote, and the time. Your network address is not kept: for{" "}
        {retention.reporterHours} hours there is a keyed hash of it, so that one visitor counts once. Moderators read
        reports; the creator does not. A report is removed {retention.reportDays} days after it was dismissed, and at
        once when the creator of the entry deletes their data.
      </p>
      <h2>What moderators do</h2>
      <p>
        Each decision on an entry is recorded with its reason and time, and is kept. You are told of decisions on your
        entries on this site; whether you have read that is stored. Rules of the organizers may point an entry out to
        moderators, or approve it; none of them rejects one.
      </p>
      <h2>What is stored when you ask for e-mail</h2>
      <p>
        The address that you give, when you gave and confirmed it, and how often you want letters. TikTok gives us none.
        An address that nobody confirms is forgotten after {retention.confirmHours} hours. Of each letter: what kind it
        was and when it was sent, or why it was not, for {retention.letterDays} days; its words are not kept. Letters
        hold no pictures and nothing that tells whether you read them. They go through the operator's mail server. You
        stop them by the link in each of them, and remove the address on your account page, at any time.
      </p>
      <h2>What is recorded of what is done</h2>
      <p>
        Sign-ins, also refused ones, ended sessions, changes of roles, what happens to your TikTok link, decisions,
        exports and deletions: what it was, when, by whom and on what, without names. Admins can search these lines.
        They are kept for {retention.auditDays} days; then they are removed, and one line says how many.
      </p>
      <h2>Getting a copy</h2>
      <p>
        “Export my data” on your account page gives you one file (JSON) with everything that is held on you: your
        profile and role, your link with its permissions and dates, your videos with their numbers over time, syncs,
        entries with the check of each rule, the decisions on them with their reasons and messages, rules you accepted,
        your e-mail address with the letters to it, sessions, what TikTok told us, and the record of what you did and
        what was done with your account. Whoever decides on entries also finds their own decisions in it, and the
        challenges they made.
      </p>
      <p>
        Not in it: access tokens and the like, which are keys and open your account to whoever holds them; the embed
        markup before it was cleaned, which is not safe to open; and the notes that moderators write for each other,
        which may speak of other people. Ask the operator for those. Other people appear by their part only, such as “a
        moderator”.
      </p>
      <h2>Ending it</h2>
      <p>
        You can disconnect TikTok on your account page at any time: our access tokens leave your account at once, and we
        tell TikTok to end our access. If TikTok does not answer, they are kept encrypted for that one purpose for up to{" "}
        {retention.revocationDays} days, and then deleted. You can take back access in TikTok's settings as well. You
        can withdraw an entry until the standings are frozen.
      </p>
      <p>
        “Delete my data” on your account page deletes your profile, your videos with their numbers, your notifications,
        your e-mail address, your sessions and our access, all at once. Your entries are withdrawn, unless the standings
        are frozen: those keep their rank, their score and the numbers it was made of, without your name or your video.
        Decisions on your entries stay, and so does the record of what was done for its {retention.auditDays} days,
        under a number that leads to nobody; what moderators wrote to you, and you to them, is erased. If you sign in
        again, you start as somebody new.
      </p>
    </article>
  );
}
