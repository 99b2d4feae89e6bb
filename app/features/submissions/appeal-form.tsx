import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { APPEAL_MAX_LENGTH } from "./appeal";

/** An appeal as it came back: what was written, and what is wrong with it. */
export interface FilledAppeal {
  submissionId: string;
  statement: string;
  errors: string[];
}

/** The one request for a second look. `filled`: what came back to be put right. */
export function AppealForm({ submissionId, filled }: { submissionId: string; filled: FilledAppeal | null }) {
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (filled) box.current?.focus();
  }, [filled]);
  return (
    <details open={filled !== null}>
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-semibold">Is this decision wrong?</summary>
      <Form method="post" className="mt-3 grid max-w-[560px] gap-3">
        <input type="hidden" name="submissionId" value={submissionId} />
        <Field
          id={`appeal-${submissionId}`}
          label="Why should it be looked at again?"
          hint="Another moderator reads this. You can appeal once."
          errors={filled?.errors}
        >
          {(wiring) => (
            <textarea
              ref={box}
              className="input"
              name="statement"
              rows={4}
              maxLength={APPEAL_MAX_LENGTH}
              required
              defaultValue={filled?.statement}
              {...wiring}
            />
          )}
        </Field>
        <Button type="submit" name="intent" value="appeal" className="justify-self-start">
          Appeal
        </Button>
      </Form>
    </details>
  );
}
