import type { useFetcher } from "@remix-run/react";
import { Field } from "~/ui/field";
import { useHydrated } from "~/ui/use-hydrated";
import type { ContextAnswer, EntryContext } from "./entry-context";

/** What the forms beside an entry are made of. */
export interface ContextForm {
  context: EntryContext;
  answer: ContextAnswer | null;
  Form: ReturnType<typeof useFetcher>["Form"];
}

export function NoteField(props: {
  id: string;
  label: string;
  hint?: string;
  name: string;
  required?: boolean;
  errors: string[] | undefined;
}) {
  const { name, required, ...field } = props;
  return (
    <Field {...field}>
      {(wiring) => <textarea className="input" name={name} rows={2} maxLength={1000} required={required} {...wiring} />}
    </Field>
  );
}

/** Says that a script sends the form. */
export function InPlace() {
  return useHydrated() && <input type="hidden" name="inPlace" value="yes" />;
}
