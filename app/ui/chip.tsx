import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "neutral" | "pending" | "approved" | "rejected" | "held" | "info";

export const toneClass: Record<Tone, string> = {
  neutral: "",
  pending: "tone-pending",
  approved: "tone-approved",
  rejected: "tone-rejected",
  held: "tone-held",
  info: "tone-info",
};

/** A state: always a colour, an icon and a word. */
export function Chip({ tone, icon: Icon, children }: { tone: Tone; icon: LucideIcon; children: ReactNode }) {
  return (
    <span className={`chip ${toneClass[tone]}`}>
      <Icon size={14} aria-hidden="true" />
      {children}
    </span>
  );
}
