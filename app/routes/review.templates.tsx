import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/features/accounts/require-viewer.server";
import { answerRefusal } from "~/features/answer-refusal.server";
import { deleteMessageTemplate } from "~/features/moderation/delete-message-template.server";
import { listMessageTemplates } from "~/features/moderation/list-message-templates.server";
import { placeholders, templateActionSchema } from "~/features/moderation/message-template";
import { MessageTemplateForm } from "~/features/moderation/message-template-form";
import { saveMessageTemplate } from "~/features/moderation/save-message-template.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction = () => [{ title: "Message templates · Review · TrendPot" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request, "moderator");
  return { templates: await listMessageTemplates() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, "moderator");
  const filled = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
  const form = templateActionSchema.safeParse(filled);
  if (!form.success) {
    return data({ invalid: { filled, errors: z.flattenError(form.error).fieldErrors } }, { status: 400 });
  }
  try {
    switch (form.data.intent) {
      case "save": {
        const { intent: _intent, ...template } = form.data;
        await saveMessageTemplate(template, viewer, context.requestId);
        break;
      }
      case "delete":
        await deleteMessageTemplate(form.data.id, viewer, context.requestId);
    }
  } catch (error) {
    const { data: refusal, init } = answerRefusal(error);
    return data({ ...refusal, filled }, init ?? undefined);
  }
  throw redirect("/review/templates");
}

export default function Templates() {
  const { templates } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const invalid = answer && "invalid" in answer ? answer.invalid : null;
  const refused = answer && "refusal" in answer ? answer : null;
  const back = invalid ?? (refused && { filled: refused.filled, errors: {} });
  const backOf = (id: string) => (back?.filled.id === id ? back : null);
  return (
    <div className="wrap section max-w-3xl">
      <PageHead
        title="Message templates"
        lede="Choose one in the dialog of a verdict, and it is filled in for the entry."
      >
        <ButtonLink to="/review">All challenges</ButtonLink>
      </PageHead>
      {refused && (
        <Banner tone="rejected" title="Not saved" focus>
          {refused.refusal.words}
        </Banner>
      )}
      <dl className="placeholders">
        {Object.entries(placeholders).map(([name, meaning]) => (
          <div key={name}>
            <dt>
              <code>{`{{${name}}}`}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <ul className="grid gap-4">
        {templates.map((template) => (
          <li key={template.id} className="panel p-5">
            <MessageTemplateForm
              key={JSON.stringify(template)}
              heading={template.name}
              template={template}
              back={backOf(template.id)}
            />
          </li>
        ))}
        <li className="panel p-5">
          <MessageTemplateForm key={templates.length} heading="A new template" template={null} back={backOf("")} />
        </li>
      </ul>
    </div>
  );
}
