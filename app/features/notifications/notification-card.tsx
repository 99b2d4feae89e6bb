import { BellDot, EyeOff, Scale } from "lucide-react";
import { DecisionStateChip } from "~/features/submissions/decision-state-chip";
import { reasonWords } from "~/features/submissions/reason";
import { Cover } from "~/features/videos/cover";
import { Chip } from "~/ui/chip";
import { Link } from "~/ui/link";
import { Time } from "~/ui/time";
import type { Notification } from "./list-notifications.server";
import { kindWords, type NotificationKind } from "./notification";

/** What happened to one entry, why, and what to do next. */
export function NotificationCard({ notification }: { notification: Notification }) {
  const { kind, at, unread, challenge, video, reason, message, absence, next } = notification;
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
          <KindChip kind={kind} />
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
        {absence && (
          <p>
            It was found missing on <Time at={absence.since} />.
            {absence.until && (
              <>
                {" "}
                Make it public before <Time at={absence.until} />, or the entry is disqualified.
              </>
            )}
          </p>
        )}
        <p>
          {next.words} <Link to={next.to}>{next.link}</Link>
        </p>
      </div>
    </article>
  );
}

function KindChip({ kind }: { kind: NotificationKind }) {
  switch (kind) {
    case "approved":
    case "rejected":
    case "changes_requested":
    case "disqualified":
    case "removed":
      return <DecisionStateChip state={kind} />;
    case "reopened":
      return <DecisionStateChip state="approved" />;
    case "appeal_dismissed":
      return (
        <Chip tone="rejected" icon={Scale}>
          Appeal dismissed
        </Chip>
      );
    case "video_unavailable":
      return (
        <Chip tone="pending" icon={EyeOff}>
          Not public
        </Chip>
      );
  }
}
