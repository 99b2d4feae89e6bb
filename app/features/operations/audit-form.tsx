import { Form } from "@remix-run/react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Link } from "~/ui/link";

interface AuditFormProps {
  given: Readonly<Record<string, string>>;
  /** What there is to choose from. */
  actions: readonly string[];
  errors: Readonly<Partial<Record<string, string[]>>>;
}

/** The search as a plain GET form, so that what is asked stands in the address. */
export function AuditForm({ given, actions, errors }: AuditFormProps) {
  const text = (name: string, label: string, hint?: string) => (
    <Field id={name} label={label} hint={hint} errors={errors[name]}>
      {(wiring) => <input {...wiring} className="input" name={name} defaultValue={given[name]} autoComplete="off" />}
    </Field>
  );
  const day = (name: string, label: string) => (
    <Field id={name} label={label} errors={errors[name]}>
      {(wiring) => <input {...wiring} className="input" type="date" name={name} defaultValue={given[name]} />}
    </Field>
  );
  return (
    // A new address is a new form: it shows what was asked, not what was typed.
    <Form
      key={JSON.stringify(given)}
      method="get"
      role="search"
      action="/admin/audit"
      className="panel mb-6 grid gap-4 p-5"
    >
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {text("person", "Person", "Name, TikTok open_id or id")}
        <Field id="action" label="Act" errors={errors.action}>
          {(wiring) => (
            <select {...wiring} className="input" name="action" defaultValue={given.action ?? ""}>
              <option value="">Any</option>
              {actions.map((action) => (
                <option key={action}>{action}</option>
              ))}
            </select>
          )}
        </Field>
        {text("target", "Target", "The id of what it was done to")}
        {text("request", "Request", "The id that error pages and logs show")}
        {day("from", "From")}
        {day("until", "To")}
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" tone="primary">
          Search
        </Button>
        <Link to="/admin/audit">Show everything</Link>
        <p className="hint">Days are in UTC.</p>
      </div>
    </Form>
  );
}
