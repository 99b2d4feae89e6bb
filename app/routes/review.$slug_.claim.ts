import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { claimSubmission } from "~/features/moderation/claim-submission.server";
import { claimActionSchema } from "~/features/moderation/decision";
import { releaseClaim } from "~/features/moderation/release-claim.server";

/** There is nothing to read here. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request, "moderator");
  return new Response(null, { status: 405, headers: { Allow: "POST" } });
}

/** Takes, renews or ends the moderator's lease on the entry that they look at. A script's door: no page posts here. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const form = claimActionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) throw data(null, { status: 400 });
  const { intent, submissionId } = form.data;
  try {
    switch (intent) {
      case "claim":
        await claimSubmission(submissionId, viewer);
        break;
      case "release":
        await releaseClaim(submissionId, viewer);
    }
  } catch (error) {
    const { data: refusal, init } = answerRefusal(error);
    return Response.json(refusal, init ?? undefined);
  }
  return new Response(null, { status: 204 });
}
