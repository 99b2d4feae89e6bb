import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "~/ui/button";
import { Link } from "~/ui/link";
import type { Phase } from "./challenge";
import { NextDate } from "./challenge-dates";
import { actsIn, type ChallengeAct } from "./challenge-form";
import { PhaseChip } from "./phase-chip";

const labels: Record<ChallengeAct, string> = {
  publish: "Publish",
  pause: "Pause",
  resume: "Resume",
  close: "Close now",
  cancel: "Cancel",
  archive: "Archive",
};

/** Where there is a board to freeze or results to publish, the way there. */
const resultsWords: Partial<Record<Phase, string>> = {
  reviewing: "Freeze and results",
  frozen: "Publish results",
  final: "Results",
  archived: "Results",
};

/** A challenge in the admin's list, with what its phase lets one do. */
export function ChallengeAdminRow({
  challenge,
}: {
  challenge: { slug: string; title: string; phase: Phase; opensAt: string; closesAt: string; timeZone: string };
}) {
  return (
    <article className="panel flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2">
          <PhaseChip phase={challenge.phase} />
          <strong className="text-ink-strong">
            {challenge.phase === "draft" ? (
              challenge.title
            ) : (
              <Link to={`/challenges/${challenge.slug}`}>{challenge.title}</Link>
            )}
          </strong>
        </p>
        <p className="mt-1 text-[0.8125rem] text-ink-muted">
          <NextDate {...challenge} />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {challenge.phase in resultsWords && (
          <ButtonLink
            to={`/admin/challenges/${challenge.slug}/results`}
            tone={challenge.phase === "reviewing" || challenge.phase === "frozen" ? "primary" : "plain"}
            aria-label={`${resultsWords[challenge.phase]} of ${challenge.title}`}
          >
            {resultsWords[challenge.phase]}
          </ButtonLink>
        )}
        {actsIn[challenge.phase].map((act) => (
          <Form key={act} method="post">
            <input type="hidden" name="slug" value={challenge.slug} />
            <Button
              type="submit"
              name="intent"
              value={act}
              tone={act === "publish" ? "primary" : act === "cancel" ? "danger" : "plain"}
              aria-label={`${labels[act]} ${challenge.title}`}
            >
              {labels[act]}
            </Button>
          </Form>
        ))}
      </div>
    </article>
  );
}
