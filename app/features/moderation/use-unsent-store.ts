import { unstable_usePrompt as usePrompt } from "@remix-run/react";
import { useEffect, useRef } from "react";
import * as z from "zod/mini";

/** A form on its way, or one that waits for the network. */
export interface SentForm {
  id: string;
  /** In which the forms were sent. */
  order: number;
  fields: readonly (readonly [string, string])[];
  /** Entries that it is about: gone from view while it is on its way. */
  leaving: readonly string[];
  attempt: number;
  waits: boolean;
}

const WORDS = "Decisions are not sent yet. They are kept in this tab and sent when you are back at this desk. Leave?";

const keptSchema = z.array(
  z.object({
    id: z.string(),
    order: z.number(),
    /** As a form is sent. */
    fields: z.string(),
    leaving: z.array(z.string()),
    attempt: z.number(),
  }),
);

/**
 * Keeps verdicts that have no answer yet in this tab, so that a reload loses none, and warns before the page is left while
 * some of them wait. `onKept`: what an earlier page left.
 */
export function useUnsentStore(
  name: string,
  sent: readonly SentForm[],
  onKept: (kept: readonly SentForm[]) => void,
): void {
  const hear = useRef(onKept);
  hear.current = onKept;
  const read = useRef<string | null>(null);
  const waits = sent.some((form) => form.waits);
  useEffect(() => {
    if (read.current !== name) {
      read.current = name;
      const kept = readKept(name);
      if (kept.length > 0) return hear.current(kept);
    }
    keep(
      name,
      sent.filter(({ leaving }) => leaving.length > 0),
    );
  }, [name, sent]);
  useEffect(() => {
    if (!waits) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [waits]);
  usePrompt({
    when: ({ currentLocation, nextLocation }) => waits && currentLocation.pathname !== nextLocation.pathname,
    message: WORDS,
  });
}

/** Without storage they are kept for as long as the page is. */
function readKept(name: string): SentForm[] {
  try {
    const kept = keptSchema.safeParse(JSON.parse(sessionStorage.getItem(name) ?? "[]"));
    if (!kept.success) return [];
    return kept.data.map((form) => ({ ...form, fields: [...new URLSearchParams(form.fields)], waits: true }));
  } catch {
    return [];
  }
}

const toKept = ({ id, order, fields, leaving, attempt }: SentForm): z.infer<typeof keptSchema>[number] => ({
  ...{ id, order, leaving: [...leaving], attempt },
  fields: new URLSearchParams(fields.map(([field, value]) => [field, value])).toString(),
});

function keep(name: string, forms: readonly SentForm[]): void {
  try {
    if (forms.length === 0) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(forms.map(toKept)));
  } catch {
    // Full, or not allowed.
  }
}
