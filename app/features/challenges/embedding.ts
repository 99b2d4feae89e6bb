import { z } from "zod";

/** Which sites may show a challenge's gallery in a frame, as an admin fills it in. */

const MAX_SITES = 20;

/** Nothing but host and port, as it goes into a header. */
const ORIGIN = /^https:\/\/[a-z0-9.-]+(:\d+)?$/;

export const embedFormSchema = z.object({
  intent: z.literal("embed"),
  slug: z.string().max(80),
  origins: z
    .string()
    .max(4_000, "That is too long")
    .transform((text, context): string[] => {
      const given = text.split(/[\s,]+/).filter((one) => one !== "");
      const origins = [...new Set(given.map((one) => originOf(one) ?? ""))];
      const wrong = given.find((one) => originOf(one) === null);
      if (wrong !== undefined) {
        const message = `“${wrong}” is not the address of a site, like https://example.org`;
        context.addIssue({ code: "custom", message });
      }
      if (origins.length > MAX_SITES) context.addIssue({ code: "custom", message: `At most ${MAX_SITES} sites` });
      return origins;
    }),
});
export type EmbedForm = z.infer<typeof embedFormSchema>;

/** The origin of a site's address; null unless it is https and names a site and no page of it. */
function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname, search, hash, username, password } = new URL(address);
  const bare = pathname === "/" && search === "" && hash === "" && username === "" && password === "";
  return bare && ORIGIN.test(origin) ? origin : null;
}

/** What a site puts into its page. */
export function embedSnippet({ title }: { title: string }, address: string): string {
  const name = `Entries of ${title}`.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  return `<iframe src="${address}" title="${name}" width="100%" height="720" loading="lazy" style="border:0"></iframe>`;
}
