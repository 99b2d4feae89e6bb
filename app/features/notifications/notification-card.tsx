import { BellDot } from "lucide-react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { reasonWords } from "~/features/submissions/reason";
import { Cover } from "~/features/videos/cover";
import { Chip } from "~/ui/chip";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { Notification } from "./list-notifications.server";
import { kindWords } from "./notification";

/** What was decided on one entry, why, and what to do next. */
export function NotificationCard({ notification }: { notification: Notification }) {
  const { kind, at, unread, challenge, video, reason, message, next } = notification;
  return (
    <article className="panel notification" data-state={unread ? "unread" : "read"}>
      <Cover video={video} eager={false} />
      <div className="grid min-w-0 content-start gap-2">
        <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-ink-muted">
          {unread && (
            <Chip tone="neutral" icon={BellDot}>
              New
            </Chip>
          )}
          <DecisionStateChip state={kind === "reopened" ? "approved" : kind} />
          <Time at={at} />
        </p>
        <h2 className="!text-[1.0625rem]">{kindWords[kind]}</h2>
        <p className="min-w-0">
          <span className="caption font-semibold text-ink-strong" dir="auto">
            {video.caption || "No caption"}
          </span>{" "}
          in <Link to={`/challenges/${challenge.slug}`}>{challenge.title}</Link>
        </p>
        {message && (
          <blockquote className="quote">
            {message}
            {reason && <span className="hint block">Reason: {reasonWords(reason)}</span>}
          </blockquote>
        )}
        <p>
          {next.words} <Link to={next.to}>{next.link}</Link>
        </p>
      </div>
    </article>
  );
}
