import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import type { LinkHealth } from "./account";

interface LinkState {
  health: LinkHealth;
  missingScopes: string[];
  changedAt: string;
}

/** What is wrong with the link to TikTok, what is safe, and the one thing to do. A healthy link says nothing. */
export function LinkHealthBanner({ link, returnTo }: { link: LinkState; returnTo: string }) {
  if (link.health === "healthy") return null;
  const { title, words } = wordsOf(link);
  const reconnect = `/auth/tiktok?returnTo=${encodeURIComponent(returnTo)}`;
  return (
    <Banner
      tone={link.health === "scope_missing" ? "pending" : "rejected"}
      title={title}
      action={
        <ButtonLink to={reconnect} tone="primary">
          Reconnect
        </ButtonLink>
      }
    >
      {words}
    </Banner>
  );
}

function wordsOf({ health, missingScopes, changedAt }: LinkState): { title: string; words: string } {
  const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(changedAt),
  );
  switch (health) {
    case "expired":
      return { title: `Your TikTok link expired on ${day}.`, words: "Your videos and entries are safe." };
    case "scope_missing":
      return {
        title: "TikTok did not give us access to your videos.",
        words: `Missing: ${missingScopes.join(", ")}. Reconnect and leave these boxes ticked.`,
      };
    case "revoked":
      return { title: "Access to your TikTok account was taken back.", words: "Your entries are safe." };
    case "disconnected":
    case "healthy":
      return { title: "Your TikTok account is not connected.", words: "Your entries are safe." };
  }
}
