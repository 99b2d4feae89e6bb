import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import type { FilledForm } from "./challenge-edit";
import { type ChallengeField, defaultScoring } from "./challenge-form";

const zoneNames = [
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
const aiChoices = [
  ["must_be_labelled", "Allowed when labelled"],
  ["allowed", "Allowed"],
  ["not_allowed", "Not allowed"],
] as const;
const countingChoices = [
  ["total", "All views, likes, comments and shares"],
  ["gain", "Only what comes after the entry was made"],
] as const;

const points = [
  ["pointsViews", "Views"],
  ["pointsLikes", "Likes"],
  ["pointsComments", "Comments"],
  ["pointsShares", "Shares"],
] as const;
const defaults = {
  timeZone: "UTC",
  entriesPerCreator: "1",
  aiPolicy: "must_be_labelled",
  counting: defaultScoring.counting,
  ...Object.fromEntries(points.map(([name]) => [name, String(defaultScoring[name])])),
};

/** The form for a challenge. What is wrong with it the server says, so that no browser has to carry the schema. */
export function ChallengeFields(props: {
  lastResult: SubmissionResult | null;
  /** What stands in it; empty but for the usual choices when nothing is given. */
  filled?: Partial<FilledForm>;
  /** Shown, and sent as they are. */
  fixed?: readonly ChallengeField[];
  /** Of the challenge that is edited. */
  seenVersion?: number;
  save: string;
}) {
  const { lastResult, filled = {}, fixed = [], seenVersion, save } = props;
  const [form, fields] = useForm({
    lastResult,
    defaultValue: { ...defaults, ...filled },
  });
  const initial = (name: ChallengeField) => {
    const { initialValue } = fields[name];
    return typeof initialValue === "string" ? initialValue : undefined;
  };
  const isFixed = (name: ChallengeField) => fixed.includes(name);
  const text = (name: ChallengeField) =>
    isFixed(name)
      ? { name, value: filled[name] ?? "", readOnly: true, "data-fixed": true }
      : { name, defaultValue: initial(name) };
  // A list cannot be read-only; one with a single choice is.
  const choice = (name: ChallengeField, choices: readonly (readonly [value: string, label: string])[]) => ({
    name,
    defaultValue: initial(name),
    "data-fixed": isFixed(name) || undefined,
    children: choices
      .filter(([value]) => !isFixed(name) || value === filled[name])
      .map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      )),
  });
  const zones = [...new Set([...zoneNames, filled.timeZone ?? "UTC"])].map((zone) => [zone, zone] as const);
  const errors = (name: ChallengeField) => fields[name].errors;
  return (
    <Form method="post" {...getFormProps(form)} className="grid max-w-3xl gap-10">
      {seenVersion !== undefined && <input type="hidden" name="seenVersion" value={seenVersion} />}
      <Group legend="What it is">
        <Field id="title" label="Title" errors={errors("title")}>
          {(wiring) => <input className="input" type="text" required maxLength={80} {...text("title")} {...wiring} />}
        </Field>
        <Field
          id="slug"
          label="Address"
          hint={
            isFixed("slug") ? undefined : "Small letters, digits and dashes. Left empty, it is made from the title."
          }
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
            {(wiring) => <select className="input" {...choice("timeZone", zones)} {...wiring} />}
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
            {(wiring) => <select className="input" {...choice("aiPolicy", aiChoices)} {...wiring} />}
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
          {(wiring) => <select className="input" {...choice("counting", countingChoices)} {...wiring} />}
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
        {save}
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
