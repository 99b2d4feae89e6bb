import { Form } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { type FiguresFilter, figurePeriods, type ShownFigures } from "./figures";

/** Of which challenge and of how many days the figures are; in the address, so that it can be kept and sent. */
export function FiguresFilterForm({ filter, choices }: { filter: FiguresFilter } & Pick<ShownFigures, "choices">) {
  return (
    <Form method="get" action="/review/figures" className="log-filter" key={JSON.stringify(filter)}>
      <Field id="figures-challenge" label="Challenge">
        {(wiring) => (
          <select className="input" name="challenge" defaultValue={filter.challenge ?? ""} {...wiring}>
            <option value="">All challenges</option>
            {choices.map(({ slug, title }) => (
              <option key={slug} value={slug}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="figures-days" label="Period">
        {(wiring) => (
          <select className="input" name="days" defaultValue={String(filter.days)} {...wiring}>
            {figurePeriods.map((days) => (
              <option key={days} value={days}>
                The last {days} days
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="flex items-end">
        <Button type="submit" tone="primary">
          Show
        </Button>
      </div>
    </Form>
  );
}
