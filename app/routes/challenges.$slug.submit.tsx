import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { LinkHealthBanner } from "~/features/accounts/link-health-banner";
import { requireLink } from "~/features/accounts/require-link.server";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { findChallenge } from "~/features/challenges/find-challenge.server";
import { showChallenge } from "~/features/challenges/show-challenge.server";
import { limitSubmits } from "~/features/submissions/limit-submits.server";
import { listCandidates } from "~/features/submissions/list-candidates.server";
import { listFailedRules } from "~/features/submissions/list-failed-rules.server";
import { submitVideo } from "~/features/submissions/submit-video.server";
import { VideoPicker } from "~/features/submissions/video-picker";
import { tiktokVideoIdPattern } from "~/features/videos/video";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `Enter ${page.challenge.title} · TrendPot` : "Not found · TrendPot" },
];

const searchSchema = z.object({ before: z.string().regex(tiktokVideoIdPattern).nullable().catch(null) });

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const challenge = await findChallenge(params.slug ?? "");
  if (!challenge) throw data(null, { status: 404 });
  const { before } = searchSchema.parse({ before: new URL(request.url).searchParams.get("before") });
  const [link, picker] = await Promise.all([
    requireLink(viewer.accountId),
    listCandidates(challenge, viewer, { at: context.at, before }),
  ]);
  const page = { challenge: showChallenge(challenge, context.at), link, ...picker, before, attemptId: randomUUID() };
  return data(page, { headers: { "Cache-Control": "no-store" } });
}

/** A refusal can mean that this page is out of date: closed meanwhile, newer rules, a video that is known only now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus !== undefined || defaultShouldRevalidate;

const formSchema = z.object({
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
  const { pasted, videoId, rulesVersion, attemptId } = form.data;
  const chosen = { pasted, videoId };
  try {
    const slug = params.slug ?? "";
    limitSubmits(viewer);
    await submitVideo({ slug, reference: pasted || videoId, acceptedRulesVersion: rulesVersion, attemptId }, viewer);
  } catch (error) {
    const answer = answerRefusal(error);
    const refused = { ...answer.data.refusal, failed: listFailedRules(error), answerId: context.requestId };
    return data({ refused, chosen }, answer.init ?? undefined);
  }
  throw redirect("/studio/entries?entered=1");
}

export default function Submit() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <div className="wrap section">
      <LinkHealthBanner link={page.link} returnTo={`/challenges/${page.challenge.slug}/submit`} />
      <Form method="post">
        <input type="hidden" name="rulesVersion" value={page.challenge.rules.version} />
        <input type="hidden" name="attemptId" value={page.attemptId} />
        <VideoPicker page={page} refusal={answer?.refused ?? null} chosen={answer?.chosen ?? null} busy={busy} />
      </Form>
    </div>
  );
}
