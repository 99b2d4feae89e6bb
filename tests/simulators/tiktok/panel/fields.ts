import { escapeHtml } from "../embed-markup";

/** Labelled controls of the panel's forms. */

interface Control {
  label: string;
  name: string;
  hint?: string;
}

interface Field extends Control {
  type?: "text" | "number" | "search";
  value?: string | number;
  /** Of a number; the step is 1 without `anyStep`. */
  min?: number;
  max?: number;
  anyStep?: true;
  required?: true;
  /** The id of a datalist. */
  list?: string;
}

/** The controls of one form; names are unique within it. */
export function controlsOf(form: string) {
  const idOf = (name: string) => `${form}-${name}`;
  const wrapped = ({ label, name, hint }: Control, control: (described: string) => string) => {
    const id = idOf(name);
    const note = hint === undefined ? "" : `<small id="${id}-hint">${escapeHtml(hint)}</small>`;
    const described = `id="${id}" name="${name}"${hint === undefined ? "" : ` aria-describedby="${id}-hint"`}`;
    return `<div class="field"><label for="${id}">${escapeHtml(label)}</label>${control(described)}${note}</div>`;
  };
  return {
    field(field: Field): string {
      const { type = "text", value, min, max, anyStep, required, list } = field;
      const given = Object.entries({ type, value, min, max, list, step: anyStep ? "any" : undefined });
      const attributes = given.flatMap(([name, is]) =>
        is === undefined ? [] : [`${name}="${escapeHtml(String(is))}"`],
      );
      if (required) attributes.push("required");
      return wrapped(field, (ids) => `<input ${ids} ${attributes.join(" ")} autocomplete="off">`);
    },
    words(control: Control & { value?: string; rows?: number }): string {
      const { value = "", rows = 2 } = control;
      return wrapped(control, (ids) => `<textarea ${ids} rows="${rows}">${escapeHtml(value)}</textarea>`);
    },
    choice(control: Control & { options: readonly (readonly [value: string, label: string])[] }): string {
      const options = control.options.map(([value, label]) => `<option value="${value}">${escapeHtml(label)}</option>`);
      return wrapped(control, (ids) => `<select ${ids}>${options.join("")}</select>`);
    },
    tick({ label, name, checked }: Control & { checked?: true }): string {
      const id = idOf(name);
      return `<div class="tick"><input type="checkbox" id="${id}" name="${name}"${checked ? " checked" : ""}>
<label for="${id}">${escapeHtml(label)}</label></div>`;
    },
  };
}

export const units = [
  ["60000", "minutes"],
  ["3600000", "hours"],
  ["86400000", "days"],
] as const;
