import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { answerRefusal } from "~/features/answer-refusal.server";
import { reportFormSchema } from "~/features/moderation/report";
import { reportEntry } from "~/features/moderation/report-entry.server";
import { ReportForm } from "~/features/moderation/report-form";
import { findApprovedEntry } from "~/features/submissions/find-approved-entry.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Link } from "~/ui/link";
import { MessagePage } from "~/ui/message-page";

export const meta: MetaFunction = () => [
  { title: "Report an entry · TrendPot" },
  { name: "robots", content: "noindex" },
];

export const handle = { document: "public" };

/** What every page says, and after a refusal how long to wait. */
export const headers: HeadersFunction = ({ actionHeaders, parentHeaders }) => {
  const retryAfter = actionHeaders.get("Retry-After");
  return { ...Object.fromEntries(parentHeaders), ...(retryAfter === null ? {} : { "Retry-After": retryAfter }) };
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const id = z.uuid().safeParse(params.id);
  const found = id.success ? await findApprovedEntry(id.data, context.at) : null;
  if (!found) throw data(null, { status: 404 });
  const { submissionId, creatorName, video } = found.entry;
  const sent = new URL(request.url).searchParams.has("sent");
  return { submissionId, creatorName, caption: video.caption, sent };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw data(null, { status: 404 });
  const { reason = "", words = "" } = Object.fromEntries(await request.formData());
  const filled = { reason: String(reason), words: String(words) };
  const form = reportFormSchema.safeParse(filled);
  if (!form.success) {
    const errors = z.flattenError(form.error).fieldErrors;
    return data({ filled, errors, refusal: null }, { status: 400 });
  }
  try {
    if (!(await reportEntry(id.data, form.data, context.sender))) throw data(null, { status: 404 });
  } catch (error) {
    const answer = answerRefusal(error);
    return data({ filled, errors: {}, ...answer.data }, answer.init ?? undefined);
  }
  throw redirect(`/entries/${id.data}/report?sent`);
}

export default function ReportEntry() {
  const { submissionId, creatorName, caption, sent } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const entry = `/entries/${submissionId}`;
  if (sent) {
    return (
      <MessagePage
        title="Your report is sent"
        words="A moderator looks at the entry and decides. Until then nothing about it changes."
        state="sent"
      >
        <ButtonLink to={entry}>Back to the entry</ButtonLink>
      </MessagePage>
    );
  }
  return (
    <div className="wrap section max-w-2xl">
      <h1>Report an entry</h1>
      <p className="mt-1 mb-8 line-clamp-2 text-ink-muted">
        <Link to={entry}>
          <bdi>{creatorName}</bdi>: <bdi>{caption || "No caption"}</bdi>
        </Link>
      </p>
      {answer?.refusal && (
        <Banner tone="rejected" title="Not sent">
          {answer.refusal.words}
        </Banner>
      )}
      <ReportForm filled={answer?.filled ?? { reason: "", words: "" }} errors={answer?.errors ?? {}} />
    </div>
  );
}
