import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "~/ui/button";
import { Field } from "~/ui/field";
import { SelectField } from "~/ui/select-field";
import { type LogFilter, loggedVerdicts, verdictWords } from "./decision-log";
import type { ShownLog } from "./show-decision-log.server";

/** What of the log is shown: all of it in the address, so that it can be kept and sent. */
export function DecisionLogFilter(props: { filter: LogFilter } & Pick<ShownLog, "moderators" | "challenges">) {
  const { filter, moderators, challenges } = props;
  return (
    // A new filter is a new form: its fields start from the address again.
    <Form method="get" action="/review/log" className="log-filter" key={JSON.stringify(filter)}>
      <SelectField
        id="log-challenge"
        name="challenge"
        label="Challenge"
        all="All challenges"
        value={filter.challenge}
        options={challenges.map(({ slug, title }) => [slug, title])}
      />
      <SelectField
        id="log-moderator"
        name="moderator"
        label="Moderator"
        all="Everybody"
        value={filter.moderator}
        options={moderators.map(({ userId, name }) => [userId, name])}
      />
      <SelectField
        id="log-verdict"
        name="verdict"
        label="Decision"
        all="Every decision"
        value={filter.verdict}
        options={loggedVerdicts.map((verdict) => [verdict, verdictWords(verdict)])}
      />
      <Field id="log-from" label="From (UTC)">
        {(wiring) => <input className="input" type="date" name="from" defaultValue={filter.from} {...wiring} />}
      </Field>
      <Field id="log-to" label="To (UTC)">
        {(wiring) => <input className="input" type="date" name="to" defaultValue={filter.to} {...wiring} />}
      </Field>
      <div className="flex flex-wrap items-end gap-2">
        <Button type="submit" tone="primary">
          Show
        </Button>
        <ButtonLink to="/review/log">Show all</ButtonLink>
      </div>
    </Form>
  );
}
