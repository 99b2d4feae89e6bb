import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { AppealCard } from "~/features/moderation/appeal-card";
import { judgementSchema } from "~/features/moderation/appeal-judgement";
import { judgeAppeal } from "~/features/moderation/judge-appeal.server";
import { showAppeals } from "~/features/moderation/show-appeals.server";
import { undoJudgement } from "~/features/moderation/undo-judgement.server";
import { UndoToast } from "~/features/moderation/undo-toast";
import { tellSoon } from "~/features/notifications/tell-soon.server";
import { decisionStateLabels } from "~/features/submissions/submission";
import { Banner } from "~/ui/banner";
import { EmptyState } from "~/ui/empty-state";
import { PageHead } from "~/ui/page-head";
import { PageLinks } from "~/ui/page-links";

export const meta: MetaFunction = () => [{ title: "Appeals · TrendPot" }];

const searchSchema = z.object({
  after: z.uuid().nullable().catch(null),
  /** The entry whose appeal was just decided: the page offers to undo it. */
  decided: z.uuid().nullable().catch(null),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { after, decided } = searchSchema.parse({ after: null, decided: null, ...search });
  return { ...(await showAppeals({ at: context.at, after, decided, viewer })), after, at: context.at.toISOString() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const filled = Object.fromEntries(await request.formData());
  const form = judgementSchema.safeParse(filled);
  if (!form.success) {
    const { answer: errors }: Partial<Record<string, string[]>> = z.flattenError(form.error).fieldErrors;
    if (!errors) throw data(null, { status: 400 });
    const invalid = { submissionId: String(filled.submissionId), answer: String(filled.answer), errors };
    return data({ invalid }, { status: 400 });
  }
  try {
    if (form.data.intent === "undo") await undoJudgement(form.data, viewer, context.requestId);
    else {
      await judgeAppeal(form.data, viewer, context.requestId);
      await tellSoon();
    }
  } catch (error) {
    return answerRefusal(error);
  }
  const { intent, submissionId } = form.data;
  throw redirect(intent === "undo" ? "/review/appeals" : `/review/appeals?decided=${submissionId}`);
}

/** After a refusal too: somebody was first, and the page shows how things stand. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export default function Appeals() {
  const { appeals, nextAfter, after, judged, playerOrigin, at } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const invalid = answer && "invalid" in answer ? answer.invalid : null;
  return (
    <div className="wrap section">
      <PageHead title="Appeals" lede="Longest waiting first. Nobody decides on an appeal against their own decision." />
      {answer && "refusal" in answer && (
        <div data-error={answer.refusal.code}>
          <Banner tone="rejected" title="Nothing was decided" focus>
            {answer.refusal.words}
          </Banner>
        </div>
      )}
      {appeals.length === 0 ? (
        <EmptyState title="No appeal waits">Appeals of all challenges appear here.</EmptyState>
      ) : (
        <ul className="grid gap-6">
          {appeals.map((appeal) => (
            <li key={appeal.submissionId}>
              <AppealCard
                appeal={appeal}
                playerOrigin={playerOrigin}
                filled={invalid?.submissionId === appeal.submissionId ? invalid : null}
              />
            </li>
          ))}
        </ul>
      )}
      <PageLinks
        label="Pages of appeals"
        first={after === null ? null : "/review/appeals"}
        next={nextAfter === null ? null : `/review/appeals?after=${nextAfter}`}
      />
      {judged && (
        <UndoToast
          key={`${judged.submissionId}-${judged.version}`}
          of={{
            key: judged.submissionId,
            order: 0,
            title: decisionStateLabels[judged.state],
            words: `: ${judged.creatorName}.`,
            until: judged.undoableUntil,
            at,
            intent: "undo",
            fields: { submissionId: judged.submissionId, seenVersion: String(judged.version) },
          }}
        />
      )}
    </div>
  );
}
