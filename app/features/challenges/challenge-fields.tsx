import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { challengeFormSchema, defaultScoring } from "./challenge-form";

const zones = [
  "UTC",
  "Europe/London",
  "Europe/Madrid",
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Sydney",
];

const points = [
  ["pointsViews", "Views"],
  ["pointsLikes", "Likes"],
  ["pointsComments", "Comments"],
  ["pointsShares", "Shares"],
] as const;
const defaultPoints = Object.fromEntries(points.map(([name]) => [name, String(defaultScoring[name])]));

/** The form for a challenge. The server checks with the same schema; without JavaScript it is a plain form. */
export function ChallengeFields({ lastResult }: { lastResult: SubmissionResult | null }) {
  const [form, fields] = useForm({
    lastResult,
    shouldRevalidate: "onBlur",
    onValidate: ({ formData }) => parseWithZod(formData, { schema: challengeFormSchema }),
    defaultValue: {
      timeZone: "UTC",
      entriesPerCreator: "1",
      aiPolicy: "must_be_labelled",
      counting: "total",
      ...defaultPoints,
    },
  });
  const text = (name: keyof typeof fields) => ({
    name,
    defaultValue: typeof fields[name].initialValue === "string" ? fields[name].initialValue : undefined,
  });
  const errors = (name: keyof typeof fields) => fields[name].errors;
  return (
    <Form method="post" {...getFormProps(form)} className="grid max-w-3xl gap-10">
      <Group legend="What it is">
        <Field id="title" label="Title" errors={errors("title")}>
          {(wiring) => <input className="input" type="text" required maxLength={80} {...text("title")} {...wiring} />}
        </Field>
        <Field
          id="slug"
          label="Address"
          hint="Small letters, digits and dashes. Left empty, it is made from the title."
          errors={errors("slug")}
        >
          {(wiring) => <input className="input" type="text" maxLength={80} {...text("slug")} {...wiring} />}
        </Field>
        <Field id="brief" label="Brief" hint="What should people film, and why would they?" errors={errors("brief")}>
          {(wiring) => <textarea className="input" rows={4} required maxLength={2000} {...text("brief")} {...wiring} />}
        </Field>
        <div className="grid gap-6 sm:grid-cols-2">
          <Field id="organizer" label="Organizer" errors={errors("organizer")}>
            {(wiring) => (
              <input className="input" type="text" required maxLength={80} {...text("organizer")} {...wiring} />
            )}
          </Field>
          <Field id="prize" label="Prize" hint="Left empty, none is shown." errors={errors("prize")}>
            {(wiring) => <input className="input" type="text" maxLength={80} {...text("prize")} {...wiring} />}
          </Field>
        </div>
      </Group>
      <Group legend="When it runs">
        <div className="grid gap-6 sm:grid-cols-2">
          <Field id="opensAt" label="Opens" errors={errors("opensAt")}>
            {(wiring) => <input className="input" type="datetime-local" required {...text("opensAt")} {...wiring} />}
          </Field>
          <Field id="closesAt" label="Closes" errors={errors("closesAt")}>
            {(wiring) => <input className="input" type="datetime-local" required {...text("closesAt")} {...wiring} />}
          </Field>
          <Field id="timeZone" label="Time zone of these dates" errors={errors("timeZone")}>
            {(wiring) => (
              <select className="input" {...text("timeZone")} {...wiring}>
                {zones.map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </select>
            )}
          </Field>
          <Field
            id="postedFrom"
            label="Videos posted from"
            hint="Left empty, from when it opens."
            errors={errors("postedFrom")}
          >
            {(wiring) => <input className="input" type="datetime-local" {...text("postedFrom")} {...wiring} />}
          </Field>
        </div>
      </Group>
      <Group legend="What a video must meet">
        <div className="grid gap-6 sm:grid-cols-2">
          <Field
            id="hashtags"
            label="Required hashtags"
            hint="Several are separated by spaces."
            errors={errors("hashtags")}
          >
            {(wiring) => <input className="input" type="text" maxLength={300} {...text("hashtags")} {...wiring} />}
          </Field>
          <Field id="entriesPerCreator" label="Entries per creator" errors={errors("entriesPerCreator")}>
            {(wiring) => (
              <input
                className="input"
                type="number"
                min={1}
                max={100}
                required
                {...text("entriesPerCreator")}
                {...wiring}
              />
            )}
          </Field>
          <Field id="minDurationSeconds" label="Minimum duration in seconds" errors={errors("minDurationSeconds")}>
            {(wiring) => <input className="input" type="number" min={0} {...text("minDurationSeconds")} {...wiring} />}
          </Field>
          <Field id="maxDurationSeconds" label="Maximum duration in seconds" errors={errors("maxDurationSeconds")}>
            {(wiring) => <input className="input" type="number" min={0} {...text("maxDurationSeconds")} {...wiring} />}
          </Field>
          <Field id="aiPolicy" label="AI-generated videos" errors={errors("aiPolicy")}>
            {(wiring) => (
              <select className="input" {...text("aiPolicy")} {...wiring}>
                <option value="must_be_labelled">Allowed when labelled</option>
                <option value="allowed">Allowed</option>
                <option value="not_allowed">Not allowed</option>
              </select>
            )}
          </Field>
        </div>
      </Group>
      <Group legend="Points for a thousand of each">
        <Field
          id="counting"
          label="What counts"
          hint="Gain starts at zero for everybody, so that an older video has no head start."
          errors={errors("counting")}
        >
          {(wiring) => (
            <select className="input" {...text("counting")} {...wiring}>
              <option value="total">All views, likes, comments and shares</option>
              <option value="gain">Only what comes after the entry was made</option>
            </select>
          )}
        </Field>
        <div className="grid grid-cols-2 gap-6 sm:grid-cols-4">
          {points.map(([name, label]) => (
            <Field key={name} id={name} label={label} errors={errors(name)}>
              {(wiring) => (
                <input className="input" type="number" min={0} max={1000} required {...text(name)} {...wiring} />
              )}
            </Field>
          ))}
        </div>
      </Group>
      <Button type="submit" tone="primary" large className="justify-self-start">
        Save as draft
      </Button>
    </Form>
  );
}

function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-6">
      <legend className="mb-4 font-semibold text-ink-strong text-lead">{legend}</legend>
      {children}
    </fieldset>
  );
}
