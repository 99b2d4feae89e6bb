import { reasonLabels } from "~/features/submissions/reason";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { MAX_REPORT_WORDS, reportReasons } from "./report";

/** A visitor's report: a plain form, on a page without a framework. */
export function ReportForm({
  filled,
  errors,
}: {
  filled: { reason: string; words: string };
  errors: { reason?: string[]; words?: string[] };
}) {
  return (
    <form method="post" className="grid gap-8">
      <fieldset aria-describedby={errors.reason ? "reason-error" : undefined}>
        <legend className="mb-3 font-semibold text-ink-strong">What is wrong with it?</legend>
        <ul className="grid gap-1">
          {reportReasons.map((reason) => (
            <li key={reason}>
              <label className="flex min-h-8 items-center gap-3">
                <input type="radio" name="reason" value={reason} required defaultChecked={filled.reason === reason} />
                {reasonLabels[reason]}
              </label>
            </li>
          ))}
        </ul>
        {errors.reason && (
          <p id="reason-error" className="complaint mt-2">
            {errors.reason.join(" ")}
          </p>
        )}
      </fieldset>
      <Field
        id="words"
        label="In your words"
        hint={`What should we look at? You may leave this empty. At most ${MAX_REPORT_WORDS} characters.`}
        errors={errors.words}
      >
        {(wiring) => (
          <textarea
            className="input"
            name="words"
            rows={4}
            maxLength={MAX_REPORT_WORDS}
            defaultValue={filled.words}
            {...wiring}
          />
        )}
      </Field>
      <div className="grid gap-3">
        <Button type="submit" tone="primary" large className="justify-self-start">
          Send report
        </Button>
        <p className="hint">Moderators read it. Neither they nor the creator learn who you are.</p>
      </div>
    </form>
  );
}
