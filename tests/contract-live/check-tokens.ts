import type { Env } from "~/infra/environment";
import { OAuthRefusal, refreshTokens, type TikTokTokens } from "~/infra/tiktok/oauth.server";
import { userFieldsFor } from "~/infra/tiktok/scopes";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { type Display, said } from "./display";
import { type Findings, plainName } from "./findings";
import type { Wire } from "./wire";

interface Means {
  env: Env;
  wire: Wire;
  display: Display;
  findings: Findings;
  tokens: TikTokTokens;
}

/** A field of each scope that a bundle may lack. */
const fieldOf = { "user.info.profile": "username", "user.info.stats": "follower_count" };

/** The profile, and what TikTok says to a call that it refuses. */
export async function checkProfileAndRefusals({ display, findings, tokens }: Means): Promise<{ openId: unknown }> {
  const fields = userFieldsFor(tokens.grantedScopes);
  const profile = await display.user(fields);
  const user = typeof profile.data.user === "object" && profile.data.user !== null ? profile.data.user : {};
  const absent = fields.filter((field) => !(field in user));
  const seen = absent.length === 0 ? `all ${fields.length} fields` : `not there: ${absent.join(" ")}`;
  if (profile.isTrouble) findings.skip("success_envelope", said(profile));
  else findings.judge("success_envelope", profile.isOk && absent.length === 0, profile.isOk ? seen : said(profile));

  const [lacking] = Object.entries(fieldOf).filter(([scope]) => !tokens.grantedScopes.includes(scope));
  if (!lacking) findings.skip("missing_scope", "every scope was granted");
  else {
    const [scope, field] = lacking;
    const refused = await display.user(["open_id", field]);
    const isRefusal = ["scope_permission_missed", "scope_not_authorized"].includes(refused.code);
    if (refused.isTrouble) findings.skip("missing_scope", said(refused));
    else {
      findings.judge(
        "missing_scope",
        isRefusal && !("user" in refused.data),
        `${field} without ${scope}: ${said(refused)}`,
      );
    }
  }

  const stranger = await display.listWithoutToken();
  const form = stranger.isNested ? "nested" : "no envelope";
  if (stranger.isTrouble) findings.skip("error_envelope", said(stranger));
  else {
    const isRight = stranger.isNested && stranger.status === 401 && stranger.code === "access_token_invalid";
    findings.judge("error_envelope", isRight, `${form}: ${said(stranger)}`);
  }
  return { openId: "open_id" in user ? user.open_id : undefined };
}

/** Refreshes once, and once more with the old token if there is a new one. Last of all: it uses up what the run has. */
export async function checkRefresh({ wire, findings, tokens }: Means, profile: { openId: unknown }): Promise<void> {
  const unknown = await refusalOf("rft.none");
  const body = wire.last?.body;
  const isFlat = typeof body === "object" && body !== null && "error" in body && typeof body.error === "string";
  const withLogId = isFlat && "log_id" in body;
  if ("code" in unknown) {
    findings.judge(
      "oauth_error_form",
      withLogId,
      `${plainName(unknown.code)} with ${wire.last?.status}${withLogId ? "" : ", no log_id"}`,
    );
  } else findings.judge("oauth_error_form", false, unknown.otherwise);

  let next: TikTokTokens;
  try {
    next = await refreshTokens(tokens.refreshToken);
  } catch (error) {
    if (error instanceof OAuthRefusal) findings.judge("refresh_rotation", false, `refused: ${plainName(error.code)}`);
    else if (error instanceof TikTokError) findings.skip("refresh_rotation", `no pair (${error.code})`);
    else throw error;
    for (const name of ["open_id", "refresh_old_dead"] as const) findings.skip(name, "the refresh gave no pair");
    return;
  }
  const hasRotated = next.refreshToken !== tokens.refreshToken;
  const access = next.accessToken === tokens.accessToken ? "the same access token" : "a new access token";
  findings.judge(
    "refresh_rotation",
    true,
    `${access}, ${hasRotated ? "a new refresh token" : "the same refresh token"}`,
  );
  const isSame = next.openId === tokens.openId && profile.openId === tokens.openId;
  const first = /^[-_]/.test(tokens.openId) ? "begins with a mark" : "begins with a letter or digit";
  findings.judge(
    "open_id",
    isSame,
    `${isSame ? "the same" : "not the same"}; ${tokens.openId.length} characters, ${first}`,
  );
  if (!hasRotated) {
    findings.skip("refresh_old_dead", "the refresh token did not rotate");
    return;
  }
  const old = await refusalOf(tokens.refreshToken);
  if ("code" in old) findings.judge("refresh_old_dead", old.code === "invalid_grant", plainName(old.code));
  else findings.judge("refresh_old_dead", false, old.otherwise);
}

async function refusalOf(refreshToken: string): Promise<{ code: string } | { otherwise: string }> {
  try {
    await refreshTokens(refreshToken);
    return { otherwise: "it gave a pair" };
  } catch (error) {
    if (error instanceof OAuthRefusal) return { code: error.code };
    if (error instanceof TikTokError) return { otherwise: `no refusal in that form (${error.code})` };
    throw error;
  }
}
