import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "~/ui/button";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";
import type { Phase } from "./challenge";
import { NextDate } from "./challenge-dates";
import { fixedIn } from "./challenge-edit";
import { actsIn, type ChallengeAct } from "./challenge-form";
import { embedSnippet } from "./embedding";
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

interface AdministeredChallenge {
  slug: string;
  title: string;
  phase: Phase;
  opensAt: string;
  closesAt: string;
  timeZone: string;
  embedOrigins: readonly string[];
}

/** A challenge in the admin's list, with what its phase lets one do. */
export function ChallengeAdminRow({
  challenge,
  embedAddress,
  originErrors,
}: {
  challenge: AdministeredChallenge;
  /** Of its gallery for other sites. */
  embedAddress: string;
  /** What is wrong with the sites that were just filled in for it. */
  originErrors: readonly string[];
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
        {fixedIn[challenge.phase] && (
          <ButtonLink to={`/admin/challenges/${challenge.slug}/edit`} aria-label={`Edit ${challenge.title}`}>
            Edit
          </ButtonLink>
        )}
        <ButtonLink to={`/admin/challenges/new?like=${challenge.slug}`} aria-label={`Duplicate ${challenge.title}`}>
          Duplicate
        </ButtonLink>
        <ButtonLink to={`/admin/challenges/${challenge.slug}/review`} aria-label={`Review of ${challenge.title}`}>
          Review
        </ButtonLink>
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
      <details className="w-full" open={originErrors.length > 0}>
        <summary className="cursor-pointer text-[0.8125rem]">Show the gallery on other sites</summary>
        <Embedding challenge={challenge} address={embedAddress} errors={originErrors} />
      </details>
    </article>
  );
}

function Embedding(props: { challenge: AdministeredChallenge; address: string; errors: readonly string[] }) {
  const { challenge, address, errors } = props;
  const { slug, title, embedOrigins } = challenge;
  return (
    <div className="mt-4 grid gap-6 pb-2 md:grid-cols-2">
      <Form method="post" className="grid content-start gap-3">
        <input type="hidden" name="slug" value={slug} />
        <Field
          id={`origins-${slug}`}
          label="Sites that may"
          hint="One on a line, like https://example.org. Left empty, none may."
          errors={errors}
        >
          {(wiring) => (
            <textarea className="input" name="origins" rows={3} defaultValue={embedOrigins.join("\n")} {...wiring} />
          )}
        </Field>
        <Button
          type="submit"
          name="intent"
          value="embed"
          className="justify-self-start"
          aria-label={`Save the sites of ${title}`}
        >
          Save sites
        </Button>
      </Form>
      <Field id={`snippet-${slug}`} label="What they put into their page">
        {(wiring) => (
          <textarea className="input" rows={4} readOnly value={embedSnippet({ title }, address)} {...wiring} />
        )}
      </Field>
    </div>
  );
}
