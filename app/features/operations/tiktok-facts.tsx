import { CircleCheck, CirclePause, FlaskConical, Globe, type LucideIcon } from "lucide-react";
import { Chip, type Tone } from "~/ui/chip";
import { DataTable } from "~/ui/data-table";
import { Time } from "~/ui/time";
import type { Provider, Quota, TikTokStanding } from "./tiktok-standing";

const modes: Record<Provider["mode"], { label: string; tone: Tone; icon: LucideIcon }> = {
  simulator: { label: "Simulator", tone: "info", icon: FlaskConical },
  sandbox: { label: "TikTok's sandbox", tone: "pending", icon: FlaskConical },
  tiktok: { label: "TikTok", tone: "neutral", icon: Globe },
  elsewhere: { label: "Another address", tone: "pending", icon: Globe },
};

/** Where the settings lead, and what TikTok has to be told of them. */
export function TikTokFacts({ provider, redirectUri, webhook, lookupPath }: TikTokStanding) {
  const { label, tone, icon } = modes[provider.mode];
  return (
    <dl className="facts-panel">
      <div>
        <dt>Provider</dt>
        <dd>
          <Chip tone={tone} icon={icon}>
            {label}
          </Chip>
          <p className="hint mt-2">
            <code className="break-all">{provider.host}</code>. <ProviderWords provider={provider} />
          </p>
        </dd>
      </div>
      <div>
        <dt id="redirect-uri">Redirect URI</dt>
        <dd>
          <Copied labelledBy="redirect-uri" value={redirectUri} />
          <p className="hint mt-2">
            Copy it into your app's Login Kit at TikTok, character for character. It follows <code>APP_ORIGIN</code>.
          </p>
        </dd>
      </div>
      <div>
        <dt id="webhook-url">Webhook</dt>
        <dd>
          <Copied labelledBy="webhook-url" value={webhook.url} />
          <p className="hint mt-2">
            Register it at TikTok.{" "}
            {webhook.lastAt === null ? (
              "No event has come so far."
            ) : (
              <>
                The last event came on <Time at={webhook.lastAt} />.
              </>
            )}
          </p>
        </dd>
      </div>
      <div>
        <dt>Look-up endpoint</dt>
        <dd>
          <code className="break-all">{lookupPath}</code>
          <p className="hint mt-2">
            A 404 there is a configuration fault, never a missing video: set <code>TIKTOK_VIDEO_LOOKUP_PATH</code>.
          </p>
        </dd>
      </div>
    </dl>
  );
}

function ProviderWords({ provider }: { provider: Provider }) {
  switch (provider.mode) {
    case "simulator":
      return "It is on this machine, so nothing reaches TikTok.";
    case "sandbox":
      return (
        <>
          On <Time at={provider.seenAt} /> it refused somebody who is not one of the app's test users. Only a sandbox
          does.
        </>
      );
    case "tiktok":
      return "TikTok does not say whether your app is its sandbox's or live.";
    case "elsewhere":
      return (
        <>
          It is not TikTok's own. See <code>TIKTOK_DISPLAY_API_BASE_URL</code>.
        </>
      );
  }
}

/** A press into it and the keys for *select all* and *copy* take it whole; so it needs no script. */
function Copied({ labelledBy, value }: { labelledBy: string; value: string }) {
  return <input className="input font-mono" aria-labelledby={labelledBy} readOnly value={value} />;
}

/** What is asked for, and how many people's links are without it. */
export function ScopesTable({ grants: { links, scopes } }: Pick<TikTokStanding, "grants">) {
  return (
    <DataTable label="Scopes">
      <thead>
        <tr>
          <th scope="col">Scope asked</th>
          <th scope="col">Needed by syncs and look-ups</th>
          <th scope="col" className="number">
            Links with it
          </th>
          <th scope="col" className="number">
            Links without it
          </th>
        </tr>
      </thead>
      <tbody>
        {scopes.map(({ scope, without, isNeeded }) => (
          <tr key={scope}>
            <th scope="row">
              <code>{scope}</code>
            </th>
            <td>{isNeeded ? "Yes" : <span className="text-ink-muted">No</span>}</td>
            <td className="number">{(links - without).toLocaleString("en")}</td>
            <td className={without > 0 ? "number font-semibold text-ink-strong" : "number"}>
              {without.toLocaleString("en")}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

/** Each endpoint's calls in the minute that runs. */
export function QuotaTable({ quotas }: { quotas: readonly Quota[] }) {
  return (
    <DataTable label="Calls in this minute">
      <thead>
        <tr>
          <th scope="col">Endpoint</th>
          <th scope="col" className="number">
            Used
          </th>
          <th scope="col" className="number">
            Limit
          </th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {quotas.map(({ path, used, limit, pausedUntil }) => (
          <tr key={path}>
            <th scope="row">
              <code>{path}</code>
            </th>
            <td className="number font-semibold text-ink-strong">{used.toLocaleString("en")}</td>
            <td className="number">{limit.toLocaleString("en")}</td>
            <td>
              {pausedUntil === null ? (
                <Chip tone="approved" icon={CircleCheck}>
                  Free
                </Chip>
              ) : (
                <Chip tone="pending" icon={CirclePause}>
                  Paused until <Time at={pausedUntil} withDay={false} />
                </Chip>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
