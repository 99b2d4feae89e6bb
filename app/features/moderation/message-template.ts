import { z } from "zod";
import { plainText } from "~/infra/plain-text";
import { type ExplainedIntent, explainedIntents } from "./explained-verdict";

/** Words that moderators use again and again, with places like {{creator}} that are filled in for each entry. */

/** What can be filled in, and with what. */
export const placeholders = {
  creator: "the creator's name",
  challenge: "the challenge's title",
  rule: "the rule that the reason is about",
  deadline: "when the challenge closes",
} as const satisfies Record<string, string>;
type Placeholder = keyof typeof placeholders;
const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(placeholders, name);

/** Fills in what is known; the rest stays, for somebody to see. */
export function fillTemplate(words: string, values: Readonly<Partial<Record<Placeholder, string>>>): string {
  return words.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    isPlaceholder(name) ? (values[name] ?? whole) : whole,
  );
}

/** What would reach a creator unfilled, each once; half a placeholder too. */
export function leftPlaceholders(words: string): string[] {
  return [...new Set(words.match(/\{\{[^{}\n]*\}\}|\{\{|\}\}/g) ?? [])];
}

export function leftWords(left: readonly string[]): string {
  return `Fill in or take out ${new Intl.ListFormat("en").format(left)}`;
}

export interface MessageTemplate {
  id: string;
  name: string;
  verdict: ExplainedIntent;
  words: string;
}

const MAX_NAME = 60;
const MAX_WORDS = 800;
const text = (max: number, missing: string, long: string) =>
  z
    .string({ error: missing })
    .transform((given) => plainText(given, 2 * max).trim())
    .pipe(z.string().min(1, missing).max(max, long));

/** The templates page's forms. An empty id makes a new one. */
export const templateActionSchema = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save"),
    id: z.union([z.literal(""), z.uuid()]).transform((id) => id || null),
    name: text(MAX_NAME, "Give it a name", `Keep the name under ${MAX_NAME} characters`),
    verdict: z.enum(explainedIntents, { error: "Choose what it is for" }),
    // Shorter than a message: names and rules are filled in.
    words: text(MAX_WORDS, "Write the message", `Keep it under ${MAX_WORDS} characters`).refine(
      (words) => unknownIn(words).length === 0,
      { error: ({ input }) => `Nothing fills in ${new Intl.ListFormat("en").format(unknownIn(String(input)))}` },
    ),
  }),
  z.object({ intent: z.literal("delete"), id: z.uuid() }),
]);

const example = Object.fromEntries(Object.keys(placeholders).map((name) => [name, name]));
const unknownIn = (words: string) => leftPlaceholders(fillTemplate(words, example));
