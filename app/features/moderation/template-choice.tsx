import type { ShownChallenge } from "~/features/challenges/challenge";
import type { ReasonCode } from "~/features/submissions/reason";
import { ruleOf } from "~/features/submissions/timeline";
import { Field } from "~/ui/field";
import type { ReviewEntry } from "./decision";
import type { MessageTemplate } from "./message-template";

/** What fills in a template: what is the same for all that a verdict is given on. `more`: and on others not shown here. */
export function valuesFor(
  { entries, more }: { entries: readonly ReviewEntry[]; more: boolean },
  challenge: ShownChallenge,
  reason: ReasonCode | undefined,
) {
  const same = (of: (entry: ReviewEntry) => string | undefined) => {
    const all = new Set(entries.map(of));
    return all.size === 1 && !more ? [...all][0] : undefined;
  };
  return {
    creator: same(({ creatorName }) => creatorName),
    challenge: challenge.title,
    rule: same(({ checks }) => ruleOf(reason, checks)?.asks),
    deadline: new Intl.DateTimeFormat("en", {
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
      timeZone: challenge.timeZone,
    }).format(new Date(challenge.closesAt)),
  };
}

/** The words of a template, for a message that is being written. */
export function TemplateChoice(props: { templates: readonly MessageTemplate[]; onChoose: (words: string) => void }) {
  const { templates, onChoose } = props;
  if (templates.length === 0) return null;
  return (
    <Field id="dialog-template" label="Template" hint="It takes the place of the message.">
      {(wiring) => (
        <select
          className="input"
          defaultValue=""
          onChange={(event) => {
            const template = templates.find(({ id }) => id === event.currentTarget.value);
            if (template) onChoose(template.words);
          }}
          {...wiring}
        >
          <option value="">None</option>
          {templates.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
