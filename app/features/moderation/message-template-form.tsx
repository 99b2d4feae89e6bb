import { Form } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { verdictLabels } from "./decision";
import { explainedIntents } from "./explained-verdict";
import type { MessageTemplate } from "./message-template";

/** Makes a template, or changes or deletes one. `back`: as it was filled in, to be put right. */
export function MessageTemplateForm(props: {
  heading: string;
  template: MessageTemplate | null;
  back: { filled: Partial<Record<string, string>>; errors: Partial<Record<string, string[]>> } | null;
}) {
  const { heading, template, back } = props;
  const id = template?.id ?? "new";
  const value = (field: "name" | "verdict" | "words") => back?.filled[field] ?? template?.[field];
  return (
    <Form method="post" className="grid gap-4" aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`} className="text-[1.125rem]!" dir="auto">
        {heading}
      </h2>
      <input type="hidden" name="id" value={template?.id ?? ""} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id={`${id}-name`} label="Name" errors={back?.errors.name}>
          {(wiring) => (
            <input className="input" name="name" required maxLength={60} defaultValue={value("name")} {...wiring} />
          )}
        </Field>
        <Field id={`${id}-verdict`} label="For" errors={back?.errors.verdict}>
          {(wiring) => (
            <select className="input" name="verdict" defaultValue={value("verdict") ?? "reject"} {...wiring}>
              {explainedIntents.map((intent) => (
                <option key={intent} value={intent}>
                  {verdictLabels[intent]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field id={`${id}-words`} label="Message" errors={back?.errors.words}>
        {(wiring) => (
          <textarea
            className="input"
            name="words"
            rows={4}
            required
            maxLength={800}
            defaultValue={value("words")}
            {...wiring}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="save" tone={template ? "plain" : "primary"}>
          {template ? "Save" : "Add template"}
        </Button>
        {template && (
          <Button type="submit" name="intent" value="delete" tone="danger" formNoValidate>
            Delete
          </Button>
        )}
      </div>
    </Form>
  );
}
