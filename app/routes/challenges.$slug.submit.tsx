import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { LinkHealthBanner } from "~/features/accounts/link-health-banner";
import { requireLink } from "~/features/accounts/require-link.server";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { findRuleChanges } from "~/features/submissions/find-rule-changes.server";
import { limitSubmits } from "~/features/submissions/limit-submits.server";
import { listCandidates } from "~/features/submissions/list-candidates.server";
import { listFailedRules } from "~/features/submissions/list-failed-rules.server";
import { lookUpCandidate } from "~/features/submissions/look-up-candidate.server";
import { everyVideo, readVideosView } from "~/features/submissions/my-videos";
import type { PickerAnswer } from "~/features/submissions/picker";
import { submitVideo } from "~/features/submissions/submit-video.server";
import { VideoPicker } from "~/features/submissions/video-picker";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `Enter ${page.challenge.title} · TrendPot` : "Not found · TrendPot" },
];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const challenge = await findChallenge(params.slug ?? "");
  if (!challenge) throw data(null, { status: 404 });
  const { query, before } = readVideosView(new URL(request.url).searchParams);
  const view = { ...everyVideo, query, before: before?.value === null ? before : null };
  const [link, picker, changes] = await Promise.all([
    requireLink(viewer.accountId),
    listCandidates(challenge, viewer, { at: context.at, query, before: view.before }),
    findRuleChanges(challenge.slug, viewer, null),
  ]);
  const shown = showChallenge(challenge, context.at);
  const page = { challenge: shown, link, ...picker, view, changes, attemptId: randomUUID() };
  return data(page, { headers: { "Cache-Control": "no-store" } });
}

/** A refusal can mean that this page is out of date: closed meanwhile, newer rules, a video that is known only now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus !== undefined || defaultShouldRevalidate;

const formSchema = z.object({
  /** *Enter this video* says nothing. */
  intent: z.enum(["enter", "look_up"]).default("enter"),
  /** Pasted text wins over a picked card: it was the last thing typed. */
  pasted: z.string().trim().max(500).optional().default(""),
  videoId: z.string().max(30).optional().default(""),
  rulesVersion: z.coerce.number().int().positive(),
  attemptId: z.uuid(),
});

export async function action({ params, request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  const { intent, attemptId, ...sent } = form.data;
  const slug = params.slug ?? "";
  const reference = sent.pasted || sent.videoId;
  try {
    limitSubmits(viewer);
    switch (intent) {
      case "look_up": {
        const found = await lookUpCandidate(slug, reference, viewer);
        return data<PickerAnswer>({ intent, ...sent, found, refused: null });
      }
      case "enter":
        await submitVideo({ slug, reference, acceptedRulesVersion: sent.rulesVersion, attemptId }, viewer);
    }
  } catch (error) {
    const { data: answer, init } = answerRefusal(error);
    const refused = { ...answer.refusal, failed: listFailedRules(error), answerId: context.requestId };
    if (intent === "look_up") return data<PickerAnswer>({ intent, ...sent, found: null, refused }, init ?? undefined);
    const changes =
      refused.code === "RULES_NOT_ACCEPTED" ? await findRuleChanges(slug, viewer, sent.rulesVersion) : null;
    return data<PickerAnswer>({ intent, ...sent, refused, changes }, init ?? undefined);
  }
  throw redirect("/studio/entries?entered=1");
}

export default function Submit() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const { slug } = page.challenge;
  return (
    <div className="wrap section">
      <LinkHealthBanner link={page.link} returnTo={`/challenges/${slug}/submit`} />
      <VideoPicker key={slug} page={page} answer={answer ?? null} busy={busy} />
    </div>
  );
}
