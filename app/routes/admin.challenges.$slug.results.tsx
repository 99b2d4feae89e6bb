import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { PhaseChip } from "~/features/challenges/phase-chip";
import { freezeChallenge } from "~/features/results/freeze-challenge.server";
import { publishResults } from "~/features/results/publish-results.server";
import { replaceWinner } from "~/features/results/replace-winner.server";
import { resultActSchema } from "~/features/results/result";
import { ResultsDeskView } from "~/features/results/results-desk";
import { showResultsDesk } from "~/features/results/show-results-desk.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data: desk }) => [
  { title: desk ? `Results · ${desk.challenge.title} · TrendPot` : "Not found · TrendPot" },
];

const doneSchema = z.enum(["freeze", "publish", "replace"]).nullable().catch(null);

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  await requireViewer(request, "admin");
  const desk = await showResultsDesk(params.slug ?? "", context.at);
  if (!desk) throw data(null, { status: 404 });
  return { ...desk, done: doneSchema.parse(new URL(request.url).searchParams.get("done")) };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "admin");
  const filled = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
  const form = resultActSchema.safeParse(filled);
  if (!form.success) {
    const { fieldErrors: errors } = z.flattenError(form.error);
    return data({ complaints: { filled, errors }, refusal: null }, { status: 400 });
  }
  const slug = params.slug ?? "";
  try {
    switch (form.data.intent) {
      case "freeze":
        await freezeChallenge(slug, viewer, context.requestId);
        break;
      case "publish":
        await publishResults({ slug, places: form.data.places }, viewer, context.requestId);
        break;
      case "replace":
        await replaceWinner(slug, form.data, viewer, context.requestId);
        break;
    }
  } catch (error) {
    const { data: answer, init } = answerRefusal(error);
    return data({ complaints: null, ...answer }, init ?? undefined);
  }
  throw redirect(`/admin/challenges/${slug}/results?done=${form.data.intent}`);
}

/** After a refusal too: somebody was first, and the page shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

const doneWords = {
  freeze: { title: "The standings are frozen", words: "Ranks and scores do not change any more." },
  publish: { title: "The results are published", words: "Everybody sees who won." },
  replace: { title: "The winner is replaced", words: "Everybody sees the new version, with its reason." },
} as const;

export default function Results() {
  const { done, ...desk } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <div className="wrap section">
      <PageHead title="Results" lede={desk.challenge.title}>
        <div className="flex flex-wrap items-center gap-4">
          <PhaseChip phase={desk.challenge.phase} />
          <ButtonLink to="/admin/challenges">All challenges</ButtonLink>
        </div>
      </PageHead>
      {answer?.refusal && (
        <Banner tone="rejected" title="Nothing changed">
          {answer.refusal.code === "CONFLICT"
            ? "Somebody was first, or the phase does not allow that. This is how it stands now."
            : answer.refusal.words}
        </Banner>
      )}
      {!answer && done && (
        <Banner key={`${done}-${desk.results.length}`} tone="approved" title={doneWords[done].title} focus>
          {doneWords[done].words}
        </Banner>
      )}
      <ResultsDeskView desk={desk} complaints={answer?.complaints ?? null} />
    </div>
  );
}
