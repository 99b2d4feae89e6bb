import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { choosableReasons, reasonLabels } from "~/features/submissions/reason";
import { REFUSED_DAYS } from "~/features/submissions/review-rule";
import { Button, ButtonLink } from "~/ui/button";
import { Field } from "~/ui/field";
import { DEFAULT_APPROVALS, DEFAULT_SAMPLE, type FieldName } from "./rule-form";

/** A rule in a form, new or to be changed: each field that is filled in is a condition. Works without JavaScript. */
export function RuleFields(props: {
  /** Null for a new one. */
  rule: { id: string; version: number } | null;
  filled: Partial<Record<FieldName, string>>;
  errors: Partial<Record<string, string[]>>;
  /** The page without the form. */
  back: string;
}) {
  const { rule, filled, errors, back } = props;
  const text = (name: FieldName) => ({ name, defaultValue: filled[name] ?? "" });
  const amount = (name: FieldName, label: string, hint?: string) => (
    <Field id={`rule-${name}`} label={label} hint={hint} errors={errors[name]}>
      {(wiring) => <input className="input" type="number" min={1} max={10_000} {...text(name)} {...wiring} />}
    </Field>
  );
  return (
    <Form method="post" action={back} className="panel grid gap-8 p-5 md:p-6">
      <input type="hidden" name="ruleId" value={rule?.id ?? ""} />
      <input type="hidden" name="seenVersion" value={rule?.version ?? 0} />
      <div className="grid gap-6 sm:grid-cols-2">
        <Field id="rule-name" label="Name" hint="Moderators read it on the card." errors={errors.name}>
          {(wiring) => <input className="input" type="text" required maxLength={80} {...text("name")} {...wiring} />}
        </Field>
        <Field id="rule-match" label="It matches when" errors={errors.match}>
          {(wiring) => (
            <select className="input" name="match" defaultValue={filled.match ?? "any"} {...wiring}>
              <option value="any">any condition holds</option>
              <option value="all">all conditions hold</option>
            </select>
          )}
        </Field>
      </div>
      <Group
        legend="Conditions"
        hint="Fill in those that you want. What nobody can tell, like a missing length, holds for none."
      >
        <Field id="rule-words" label="The caption says one of" hint="Parted by commas or lines." errors={errors.words}>
          {(wiring) => <textarea className="input" rows={2} maxLength={2000} {...text("words")} {...wiring} />}
        </Field>
        <Field id="rule-hashtags" label="The caption has one of these hashtags" errors={errors.hashtags}>
          {(wiring) => <input className="input" type="text" maxLength={2000} {...text("hashtags")} {...wiring} />}
        </Field>
        {amount("shorterThan", "The video is shorter than (seconds)")}
        {amount("longerThan", "The video is longer than (seconds)")}
        {amount("linkedDays", "TikTok was connected less than (days) before")}
        <Field id="rule-aiLabel" label="AI label" errors={errors.aiLabel}>
          {(wiring) => (
            <select className="input" {...text("aiLabel")} {...wiring}>
              <option value="">Does not matter</option>
              <option value="labelled">The video has it</option>
              <option value="unlabelled">The video does not have it</option>
            </select>
          )}
        </Field>
        {amount(
          "refusedBefore",
          "The creator had so many refused entries",
          `By a person, in the last ${REFUSED_DAYS} days.`,
        )}
        {amount("approvedBefore", "The creator had so many approved entries", "In all challenges.")}
      </Group>
      <Group legend="What it does" hint="No rule rejects: a person decides.">
        <Field id="rule-act" label="Then" errors={errors.act}>
          {(wiring) => (
            <select className="input" name="act" defaultValue={filled.act ?? "flag"} {...wiring}>
              <option value="flag">Flag it for a second look</option>
              <option value="hold">Hold it once it is approved</option>
              <option value="suggest_rejection">Suggest to reject it</option>
              <option value="approve_trusted">Approve it, of a trusted creator</option>
            </select>
          )}
        </Field>
        <Field id="rule-reason" label="Suggested reason" hint="For a rule that suggests." errors={errors.reason}>
          {(wiring) => (
            <select className="input" {...text("reason")} {...wiring}>
              <option value="">None</option>
              {choosableReasons.map((code) => (
                <option key={code} value={code}>
                  {reasonLabels[code]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {amount(
          "approvals",
          "Approved entries that make a creator trusted",
          `For a rule that approves; ${DEFAULT_APPROVALS} when left empty. A refusal ends it for ${REFUSED_DAYS} days.`,
        )}
        {amount("sampleOneIn", "One in so many stays for a person", `Two or more; ${DEFAULT_SAMPLE} when left empty.`)}
      </Group>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" name="intent" value="save">
          {rule ? `Save as version ${rule.version + 1}` : "Save rule"}
        </Button>
        <ButtonLink to={back}>Cancel</ButtonLink>
        <p className="hint">It is off until you have tried and enabled it.</p>
      </div>
    </Form>
  );
}

function Group({ legend, hint, children }: { legend: string; hint: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-6 sm:grid-cols-2">
      <legend className="font-semibold text-ink-strong text-lead">{legend}</legend>
      <p className="hint sm:col-span-2">{hint}</p>
      {children}
    </fieldset>
  );
}
