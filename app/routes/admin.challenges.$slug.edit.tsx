import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { type Phase, phaseOf } from "~/features/challenges/challenge";
import { contentOf, fillIn, fixedIn, whatStands } from "~/features/challenges/challenge-edit";
import { ChallengeFields } from "~/features/challenges/challenge-fields";
import { challengeFormSchema } from "~/features/challenges/challenge-form";
import { editChallenge } from "~/features/challenges/edit-challenge.server";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { PhaseChip } from "~/features/challenges/phase-chip";
import { DomainError } from "~/features/domain-error";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `Edit ${page.title} · Admin · TrendPot` : "Not found · TrendPot" },
];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  const challenge = await findChallenge(params.slug ?? "", { drafts: true });
  if (!challenge) throw data(null, { status: 404 });
  const { title, version } = challenge;
  return { title, version, phase: phaseOf(challenge, context.at), filled: fillIn(contentOf(challenge)) };
}

const editSchema = challengeFormSchema.and(z.object({ seenVersion: z.coerce.number().int().positive() }));

export async function action({ params, request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const submission = parseWithZod(await request.formData(), { schema: editSchema });
  if (submission.status !== "success") return data({ result: submission.reply(), conflict: null }, { status: 400 });
  const { seenVersion, ...form } = submission.value;
  const slug = params.slug ?? "";
  try {
    const { newRules } = await editChallenge(slug, { form, seenVersion }, viewer, context.requestId);
    throw redirect(`/admin/challenges?edited=${form.slug}${newRules === null ? "" : `&rules=${newRules}`}`);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, words, status } = error;
    if (code === "SLUG_TAKEN" || code === "DATE_PASSED") {
      const fieldErrors = { [code === "SLUG_TAKEN" ? "slug" : "closesAt"]: [words] };
      return data({ result: submission.reply({ fieldErrors }), conflict: null }, { status });
    }
    const now = await findChallenge(slug, { drafts: true });
    if (!now) throw data(null, { status: 404 });
    const fieldErrors = whatStands(contentOf(now), form);
    return data({ result: submission.reply({ fieldErrors }), conflict: { version: now.version } }, { status });
  }
}

/** After a refusal too: what can be changed may be less by now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

const ledes: Record<Phase, string> = {
  draft: "Nobody has seen it yet, so all of it can be changed.",
  scheduled: "It is published, so its address stays. Other rules or dates are a new version of the rules.",
  open: "Its address, opening and points stay. Other rules or another deadline make a new version; entries keep theirs.",
  paused:
    "Its address, opening and points stay. Other rules or another deadline make a new version; entries keep theirs.",
  reviewing: "It is closed, so its dates and rules stay. Its words and its prize can be changed.",
  frozen: "Its standings are frozen, so nothing in it changes any more.",
  final: "Its results are published, so nothing in it changes any more.",
  archived: "It is archived, so nothing in it changes any more.",
  cancelled: "It was cancelled, so nothing in it changes any more.",
};

export default function EditChallenge() {
  const { title, version, phase, filled } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const conflict = answer?.conflict ?? null;
  const fixed = fixedIn[phase];
  return (
    <div className="wrap section">
      <PageHead title={`Edit ${title}`} lede={ledes[phase]}>
        <div className="flex flex-wrap items-center gap-4">
          <PhaseChip phase={phase} />
          <ButtonLink to="/admin/challenges">All challenges</ButtonLink>
        </div>
      </PageHead>
      {conflict && (
        <Banner tone="rejected" title="Nothing changed">
          {fixed
            ? "It was changed since you opened this page. Where yours differs, the field says what stands now. Saving again puts yours in its place."
            : "It is too late for changes."}
        </Banner>
      )}
      {fixed && (
        <ChallengeFields
          lastResult={answer?.result ?? null}
          filled={filled}
          fixed={fixed}
          seenVersion={conflict?.version ?? version}
          save="Save changes"
        />
      )}
    </div>
  );
}
