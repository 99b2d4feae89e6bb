import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import type { LinkHealth } from "./account";

interface LinkState {
  health: LinkHealth;
  missingScopes: string[];
  /** TikTok's reason, 0 to 5; null unless revoked. */
  revokedReason: number | null;
  changedAt: string;
}

/** What is wrong with the link to TikTok, what is safe, and the one thing to do. A healthy link says nothing. */
export function LinkHealthBanner({ link, returnTo }: { link: LinkState; returnTo: string }) {
  const words = wordsOf(link);
  if (!words) return null;
  const reconnect = `/auth/tiktok?returnTo=${encodeURIComponent(returnTo)}`;
  return (
    <Banner
      tone={words.tone}
      title={words.title}
      action={
        <ButtonLink to={reconnect} tone="primary">
          Reconnect
        </ButtonLink>
      }
    >
      {words.words}
    </Banner>
  );
}

interface Words {
  tone: "pending" | "rejected" | "neutral";
  title: string;
  words: string;
}

function wordsOf({ health, missingScopes, revokedReason, changedAt }: LinkState): Words | null {
  const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(changedAt),
  );
  switch (health) {
    case "healthy":
      return null;
    case "expired":
      return {
        tone: "rejected",
        title: `Your TikTok link expired on ${day}.`,
        words: "Your videos and entries are safe.",
      };
    case "scope_missing":
      return {
        tone: "pending",
        title: "TikTok did not give us access to your videos.",
        // None, when the settings ask for less by now than when the link was found wanting.
        words:
          missingScopes.length === 0
            ? "Reconnect and leave all boxes ticked."
            : `Missing: ${missingScopes.join(", ")}. Reconnect and leave these boxes ticked.`,
      };
    case "revoked":
      return { tone: "rejected", title: revokedTitle(revokedReason, day), words: "Your entries are safe." };
    case "disconnected":
      return { tone: "neutral", title: `You disconnected TikTok on ${day}.`, words: "Your entries are safe." };
  }
}

function revokedTitle(reason: number | null, day: string): string {
  switch (reason) {
    case 2:
      return `Your TikTok account was deleted, so its link ended on ${day}.`;
    case 3:
      return `TikTok ended the link on ${day}, because the age of your account changed.`;
    case 4:
      return `TikTok suspended your account, so its link ended on ${day}.`;
    default:
      return `Access to your TikTok account was taken back on ${day}.`;
  }
}
