import * as z from "zod/mini";

/** How a moderator wants their desk; it follows them to every browser. */

export const keysModes = ["single", "alt", "off"] as const;

export const keysLabels: Record<(typeof keysModes)[number], string> = {
  single: "Single keys",
  alt: "Keys with Alt",
  off: "No keys",
};

const box = z.pipe(
  z.optional(z.literal("on")),
  z.transform((ticked) => ticked === "on"),
);

export const deskSettingsSchema = z.object({ blurCovers: box, mutePlayers: box, keys: z.enum(keysModes) });
export type DeskSettings = z.infer<typeof deskSettingsSchema>;

export const usualSettings: DeskSettings = { blurCovers: false, mutePlayers: false, keys: "single" };
