import type { ShownChallenge } from "~/features/challenges/challenge";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { rulesInShort } from "./picker";
import { RuleList } from "./rule-strip";
import type { Choice } from "./use-choice";

/** What is about to be entered, and the one button. It stays in sight. */
export function ChoiceBar(props: {
  formId: string;
  challenge: ShownChallenge;
  choice: Choice;
  /** Entries that count already. */
  used: number;
  /** Of the rules, that the button accepts. */
  version: number;
  disabled: boolean;
}) {
  const { formId, challenge, choice, used, version, disabled } = props;
  const limit = challenge.rules.entriesPerCreator;
  return (
    <section className="choice" aria-label="Your choice">
      <div className="choice-video" aria-live="polite">
        <Chosen {...choice} />
      </div>
      <p className="choice-terms">
        {placesInWords(limit, Math.max(0, limit - used))} By entering you accept{" "}
        <Link to={`/challenges/${challenge.slug}#rules`} target="_blank">
          version {version} of the rules
        </Link>
        .
      </p>
      <Button type="submit" form={formId} tone="primary" large disabled={disabled}>
        Enter this video
      </Button>
    </section>
  );
}

function placesInWords(limit: number, left: number): string {
  if (limit > 1) return `${left} of ${limit} entries left.`;
  return left === 1 ? "Your one entry is left." : "Your one entry is used.";
}

function Chosen({ chosen, text, notFound }: Pick<Choice, "chosen" | "text" | "notFound">) {
  if (!chosen) {
    if (notFound) return <p className="text-ink-muted">There is no video to show for what you pasted.</p>;
    if (text.trim() !== "") return <p>You are entering the video that you pasted.</p>;
    return <p className="js-only text-ink-muted">Nothing chosen yet.</p>;
  }
  const { video, checks, entered, eligible } = chosen;
  return (
    <>
      {video.coverUrl && <img src={video.coverUrl} alt="" width={36} height={64} referrerPolicy="no-referrer" />}
      <div className="min-w-0">
        <p className="choice-title">
          {eligible ? "You are entering" : "This cannot be entered:"}{" "}
          <strong dir="auto">{video.caption || "a video without a caption"}</strong>
        </p>
        <details>
          <summary>{entered ? "Entered already" : rulesInShort(checks)}</summary>
          <RuleList checks={checks} />
        </details>
      </div>
    </>
  );
}
