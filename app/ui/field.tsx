import type { ReactNode } from "react";

export interface FieldWiring {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

/** Label, hint and complaint, wired once: the control gets its id and aria attributes from here. */
export function Field(props: {
  id: string;
  label: string;
  hint?: string;
  errors?: readonly string[];
  children: (wiring: FieldWiring) => ReactNode;
}) {
  const { id, label, hint, errors = [], children } = props;
  const described = [hint ? `${id}-hint` : "", errors.length > 0 ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-invalid": errors.length > 0 ? true : undefined,
        "aria-describedby": described || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <p id={`${id}-error`} className="complaint">
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}
