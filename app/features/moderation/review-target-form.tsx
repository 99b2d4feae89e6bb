import { Form } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";

/** How long an entry may wait, and what happens then. */
export function ReviewTargetForm(props: {
  hours: number | null;
  approveAtTarget: boolean;
  filled: Partial<Record<string, string>> | null;
  errors: Partial<Record<string, string[]>>;
  page: string;
}) {
  const { hours, approveAtTarget, filled, errors, page } = props;
  return (
    <Form method="post" action={page} className="panel grid gap-5 p-5 md:p-6">
      <Field
        id="review-hours"
        label="Hours to decide on an entry"
        hint="From when it is handed in. Entries that wait longer are marked and counted on the desk. Left empty, there is no deadline."
        errors={errors.hours}
      >
        {(wiring) => (
          <input
            className="input max-w-40"
            type="number"
            min={1}
            max={720}
            name="hours"
            defaultValue={filled?.hours ?? hours ?? ""}
            {...wiring}
          />
        )}
      </Field>
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          name="approveAtTarget"
          value="true"
          className="mt-1"
          defaultChecked={filled ? filled.approveAtTarget === "true" : approveAtTarget}
        />
        <span>
          Approve entries at the deadline that pass every rule
          <span className="hint block">
            Only those that meet each rule of the challenge for certain, that no rule below speaks of, and that nobody
            is looking at; none of moderators and admins. Everything else goes on waiting for a person. Nothing is ever
            rejected.
          </span>
        </span>
      </label>
      <Button type="submit" name="intent" value="target" className="justify-self-start">
        Save deadline
      </Button>
    </Form>
  );
}
