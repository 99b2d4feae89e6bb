import { CalendarDays, Clock, Hash, type LucideIcon, Sparkles, Trophy, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { AiPolicy, ShownRules } from "./challenge";

const aiWords: Record<AiPolicy, { title: string; words: string }> = {
  allowed: { title: "AI is welcome", words: "Labelled or not" },
  must_be_labelled: { title: "AI must be labelled", words: "Use TikTok's own label when you post" },
  not_allowed: { title: "No AI video", words: "Your own footage only" },
};

/** The rules in force, each in a few words. */
export function RulesGrid({ rules, timeZone }: { rules: ShownRules; timeZone: string }) {
  const day = (at: string) =>
    new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone }).format(new Date(at));
  const { minDurationSeconds: min, maxDurationSeconds: max } = rules;
  const ai = aiWords[rules.aiPolicy];
  return (
    <ul className="rules-grid">
      <Rule icon={CalendarDays} title="Posted in the window">
        Between {day(rules.postedFrom)} and {day(rules.postedUntil)}, publicly, on your own account
      </Rule>
      {rules.requiredHashtags.length > 0 && (
        <Rule icon={Hash} title={rules.requiredHashtags.map((tag) => `#${tag}`).join(" ")}>
          In the caption, anywhere
        </Rule>
      )}
      {(min !== null || max !== null) && (
        <Rule icon={Clock} title={durationTitle(min, max)}>
          Shorter or longer videos are not eligible
        </Rule>
      )}
      <Rule
        icon={Users}
        title={rules.entriesPerCreator === 1 ? "One entry" : `Up to ${rules.entriesPerCreator} entries`}
      >
        Per creator, one video each
      </Rule>
      <Rule icon={Sparkles} title={ai.title}>
        {ai.words}
      </Rule>
      <Rule icon={Trophy} title={rules.counting === "gain" ? "Ranked by what it gains" : "Ranked by points"}>
        {pointsInWords(rules)}
      </Rule>
    </ul>
  );
}

function pointsInWords({ counting, pointsViews, pointsLikes, pointsComments, pointsShares }: ShownRules): string {
  const parts = [
    [pointsViews, "views"],
    [pointsLikes, "likes"],
    [pointsComments, "comments"],
    [pointsShares, "shares"],
  ] as const;
  const given = parts.filter(([points]) => points > 0).map(([points, what]) => `${points} for ${what}`);
  const what = counting === "gain" ? "A thousand more of each since you entered" : "A thousand of each";
  return `${what}: ${new Intl.ListFormat("en").format(given)}`;
}

function durationTitle(min: number | null, max: number | null): string {
  if (min !== null && max !== null) return `${min} to ${max} seconds`;
  return min === null ? `At most ${max} seconds` : `At least ${min} seconds`;
}

function Rule({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <li>
      <Icon size={18} aria-hidden="true" />
      <div>
        <h3>{title}</h3>
        <p>{children}</p>
      </div>
    </li>
  );
}
