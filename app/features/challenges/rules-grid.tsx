import { CalendarDays, Clock, Hash, type LucideIcon, Sparkles, Trophy, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { ShownRules } from "./challenge";
import { aiWords, durationInWords, entriesInWords, hashtagsInWords, pointsInWords } from "./rules-in-words";

/** The rules in force, each in a few words. */
export function RulesGrid({ rules, timeZone }: { rules: ShownRules; timeZone: string }) {
  const day = (at: string) =>
    new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone }).format(new Date(at));
  const duration = durationInWords(rules);
  const ai = aiWords[rules.aiPolicy];
  return (
    <ul className="rules-grid">
      <Rule icon={CalendarDays} title="Posted in the window">
        Between {day(rules.postedFrom)} and {day(rules.postedUntil)}, publicly, on your own account
      </Rule>
      {rules.requiredHashtags.length > 0 && (
        <Rule icon={Hash} title={hashtagsInWords(rules.requiredHashtags)}>
          In the caption, anywhere
        </Rule>
      )}
      {duration !== null && (
        <Rule icon={Clock} title={duration}>
          Shorter or longer videos are not eligible
        </Rule>
      )}
      <Rule icon={Users} title={entriesInWords(rules.entriesPerCreator)}>
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
