import { Field } from "./field";

/** One of a few, or all of them: an empty value stands for `all`. */
export function SelectField(props: {
  id: string;
  name: string;
  label: string;
  all: string;
  value: string | null | undefined;
  options: readonly (readonly [value: string, words: string])[];
}) {
  const { id, name, label, all, value, options } = props;
  return (
    <Field id={id} label={label}>
      {(wiring) => (
        <select className="input" name={name} defaultValue={value ?? ""} {...wiring}>
          <option value="">{all}</option>
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
