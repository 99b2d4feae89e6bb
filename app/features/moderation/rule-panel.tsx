import { Form } from "@remix-run/react";
import { CircleCheck, CircleDashed, FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "~/ui/button";
import { Chip } from "~/ui/chip";
import { Time } from "~/ui/time";
import { trialWords } from "./rule-trial";
import { RuleWords } from "./rule-words";
import type { ShownReview, ShownRule } from "./show-review-rules.server";

/** One rule: what it says, what it would have done, and the next step, from trying it to what waits already. */
export function RulePanel(props: { rule: ShownRule; applicable: ShownReview["applicable"]; page: string }) {
  const { rule, page } = props;
  const { name, version, trial, triedAt, enabledAt } = rule;
  return (
    <article className="panel grid gap-4 p-5" aria-label={name} data-state={stateOf(rule)}>
      <div className="flex flex-wrap items-center gap-2">
        <RuleChip rule={rule} />
        <h3 className="min-w-0 break-words" dir="auto">
          {name}
        </h3>
        <span className="hint">
          Version {version}, <Time at={rule.madeAt} withTime={false} />
        </span>
      </div>
      <RuleWords rule={rule} />
      {trial && triedAt ? (
        <p>
          {trialWords(trial)}{" "}
          <span className="hint">
            Tried <Time at={triedAt} />
          </span>
        </p>
      ) : (
        <p className="text-ink-muted">Not tried yet. Nothing changes while you try it.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Press rule={rule} intent="try" tone={trial ? "plain" : "primary"} page={page}>
          {trial ? "Try again" : "Try on earlier entries"}
        </Press>
        {trial && !enabledAt && (
          <Press rule={rule} intent="enable" tone="primary" page={page}>
            Enable
          </Press>
        )}
        {enabledAt && (
          <Press rule={rule} intent="disable" page={page}>
            Turn off
          </Press>
        )}
        {enabledAt && props.applicable?.ruleId !== rule.id && (
          <ButtonLink to={`${page}?pending=${rule.id}`}>What waits already…</ButtonLink>
        )}
        <ButtonLink to={`${page}?edit=${rule.id}#rule`} aria-label={`Change ${name}`}>
          Change
        </ButtonLink>
        <Press rule={rule} intent="retire" tone="danger" page={page}>
          Put away
        </Press>
      </div>
      {enabledAt && props.applicable?.ruleId === rule.id && (
        <ApplyTo rule={rule} entries={props.applicable.entries} page={page} />
      )}
    </article>
  );
}

function ApplyTo({ rule, entries, page }: { rule: ShownRule; entries: number; page: string }) {
  if (entries === 0) return <p className="text-ink-muted">No entry that waits already is one for this rule.</p>;
  const count = entries.toLocaleString("en");
  return (
    <div className="flex flex-wrap items-center gap-3 border-line border-t pt-4">
      <p className="min-w-0 flex-1 basis-60">
        Apply it to {count} pending {entries === 1 ? "entry" : "entries"} too? Until then only new entries are looked
        at.
      </p>
      <Press rule={rule} intent="apply" tone="primary" page={page}>
        Apply to {count} pending
      </Press>
    </div>
  );
}

function Press(props: {
  rule: ShownRule;
  intent: "try" | "enable" | "disable" | "retire" | "apply";
  tone?: "plain" | "primary" | "danger";
  page: string;
  children: ReactNode;
}) {
  const { rule, intent, tone, page, children } = props;
  return (
    <Form method="post" action={page}>
      <input type="hidden" name="ruleId" value={rule.id} />
      <input type="hidden" name="seenVersion" value={rule.version} />
      <Button type="submit" name="intent" value={intent} tone={tone}>
        {children}
        <span className="sr-only">: {rule.name}</span>
      </Button>
    </Form>
  );
}

const stateOf = ({ enabledAt, trial }: ShownRule) => (enabledAt ? "enabled" : trial ? "tried" : "untried");

function RuleChip({ rule }: { rule: ShownRule }) {
  switch (stateOf(rule)) {
    case "enabled":
      return (
        <Chip tone="approved" icon={CircleCheck}>
          On
        </Chip>
      );
    case "tried":
      return (
        <Chip tone="info" icon={FlaskConical}>
          Tried, off
        </Chip>
      );
    case "untried":
      return (
        <Chip tone="neutral" icon={CircleDashed}>
          Off
        </Chip>
      );
  }
}
