import { expect, test } from "vitest";
import { kindWords, type NotificationKind, nextStep } from "./notification";
import { writeConfirmation, writeNotifications } from "./write-letter";

const origin = "https://pot.example";
const links = { origin, unsubscribe: `${origin}/email/unsubscribe?token=t` };
const told = (kind: NotificationKind, words: { caption?: string; message?: string } = {}) => ({
  kind,
  at: "2026-06-15T10:00:00.000Z",
  challenge: { slug: "stairs", title: "Stairs & steps" },
  video: { caption: words.caption ?? "Up we go #stairs" },
  reason: words.message === undefined ? null : "OFF_BRIEF",
  message: words.message ?? null,
  absence:
    kind === "video_unavailable" ? { since: "2026-06-14T10:00:00.000Z", until: "2026-06-18T10:00:00.000Z" } : null,
  next: nextStep(kind, { state: "rejected", absent: false, submissionId: "e" }),
});

test("a letter says what happened, to which entry, why, and what to do next; and how to stop it", () => {
  const { subject, text } = writeNotifications([told("rejected", { message: "Show the place.\nAll of it." })], links);
  expect(subject).toBe("Your entry was not accepted: Stairs & steps");
  expect(text).toBe(`Your entry was not accepted

“Up we go #stairs” in Stairs & steps, Jun 15, 2026, 10:00 AM UTC.

> Show the place.
> All of it.

Reason: Not what the brief asks for.

Every step of it is with your entries.

Open my entries:
https://pot.example/studio/entries

All your notifications:
https://pot.example/notifications

You get this letter because you asked TrendPot for notifications by e-mail.

Choose how often:
https://pot.example/account

Unsubscribe:
https://pot.example/email/unsubscribe?token=t
`);
});

test("every kind has its words in a letter of its own and in that of a day", () => {
  const kinds = Object.keys(kindWords) as NotificationKind[];
  const day = writeNotifications(
    kinds.map((kind) => told(kind)),
    links,
    true,
  );
  expect(day.subject).toBe(`More than ${kinds.length} notifications`);
  for (const kind of kinds) {
    expect(writeNotifications([told(kind)], links).subject).toBe(`${kindWords[kind]}: Stairs & steps`);
    for (const form of [day.text, day.html]) expect(form).toContain(kindWords[kind]);
  }
  expect(day.text).toContain("There is more than fits into this letter.");
  expect(day.text).toContain(
    "missing on Jun 14, 2026, 10:00 AM UTC. Make it public before Jun 18, 2026, 10:00 AM UTC, or the entry is disqualified.",
  );
});

test("what others wrote is text in HTML, and nothing is loaded from anywhere", () => {
  const hostile = '<img src="https://evil.example/x.png"> & "more"';
  const { html } = writeNotifications([told("rejected", { caption: hostile, message: hostile })], links);
  expect(html).not.toContain("<img");
  expect(html.match(/&lt;img src=&quot;/g)).toHaveLength(2);
  expect(html).not.toMatch(/<(img|link|script|style|iframe|object)\b|url\(|src=["']/i);
  const targets = Array.from(html.matchAll(/href="([^"]*)"/g), ([, url]) => url);
  expect(targets.length).toBe(4);
  expect(targets.filter((url) => !url?.startsWith(`${origin}/`))).toEqual([]);
});

test("a letter to an address that nobody has confirmed holds nothing of whoever gave it", () => {
  const { text, html } = writeConfirmation({ origin, confirm: `${origin}/email/confirm?token=t` }, 24);
  expect(text).toContain("https://pot.example/email/confirm?token=t");
  expect(text).toContain("good for 24 hours. If it was not you, do nothing");
  expect(html.match(/href="/g)).toHaveLength(1);
});
