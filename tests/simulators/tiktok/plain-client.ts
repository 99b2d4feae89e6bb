import { createHash } from "node:crypto";
import { z } from "zod";

/**
 * TikTok's API spoken plainly, with nothing but fetch: to prove the simulator, and to ask it what the product should
 * have found. It shares no code with the product.
 */
export interface PlainAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed; undefined when it is not JSON. */
  body: unknown;
}

export class PlainClient {
  readonly origin: string;
  readonly app: { clientKey: string; clientSecret: string; redirectUri: string };

  constructor(origin: string, app: { clientKey: string; clientSecret: string; redirectUri: string }) {
    this.origin = origin;
    this.app = app;
  }

  /** The parameters of a right authorize request, for changing. */
  authorizeParams(scopes: readonly string[], codeVerifier?: string): URLSearchParams {
    return new URLSearchParams({
      client_key: this.app.clientKey,
      response_type: "code",
      scope: scopes.join(","),
      redirect_uri: this.app.redirectUri,
      state: "the-state",
      ...(codeVerifier === undefined
        ? {}
        : {
            code_challenge: createHash("sha256").update(codeVerifier).digest("hex"),
            code_challenge_method: "S256",
          }),
    });
  }

  openAuthorize(params: URLSearchParams): Promise<PlainAnswer> {
    return this.fetch(`/v2/auth/authorize/?${params}`);
  }

  /** What a person's click sends; where they are led back to. */
  async consent(params: URLSearchParams, openId: string, granted?: readonly string[]): Promise<URL> {
    const form = new URLSearchParams(params);
    form.set("account", openId);
    form.set("decision", "continue");
    for (const scope of granted ?? (params.get("scope") ?? "").split(",")) form.append("granted", scope);
    const answer = await this.post("/v2/auth/authorize/", form);
    return new URL(answer.headers.get("location") ?? "about:blank");
  }

  /** The token endpoint, with the app's credentials unless `form` brings others. */
  token(form: Record<string, string>, headers: Record<string, string> = {}): Promise<PlainAnswer> {
    const { clientKey, clientSecret } = this.app;
    const body = new URLSearchParams({ client_key: clientKey, client_secret: clientSecret, ...form });
    return this.post("/v2/oauth/token/", body, headers);
  }

  exchange(code: string, codeVerifier?: string): Promise<PlainAnswer> {
    return this.token({
      grant_type: "authorization_code",
      code,
      redirect_uri: this.app.redirectUri,
      ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
    });
  }

  userInfo(token: string, fields: string): Promise<PlainAnswer> {
    return this.fetch(`/v2/user/info/?fields=${fields}`, { headers: { authorization: `Bearer ${token}` } });
  }

  list(token: string, body: unknown = {}, fields = "id", signal?: AbortSignal): Promise<PlainAnswer> {
    return this.postJson(`/v2/video/list/?fields=${fields}`, token, body, signal);
  }

  lookup(token: string, ids: readonly unknown[], path = "/v2/video/data/", fields = "id"): Promise<PlainAnswer> {
    return this.postJson(`${path}?fields=${fields}`, token, { filters: { video_ids: ids } });
  }

  /** The ids of every page, until has_more is false. */
  async pageThrough(token: string, maxCount: number): Promise<string[][]> {
    const pages: string[][] = [];
    let cursor: number | undefined;
    for (;;) {
      const { data } = pageSchema.parse((await this.list(token, { max_count: maxCount, cursor })).body);
      pages.push(data.videos.map(({ id }) => id));
      if (!data.has_more) return pages;
      cursor = data.cursor;
    }
  }

  postJson(path: string, token: string, body: unknown, signal?: AbortSignal): Promise<PlainAnswer> {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return this.fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
  }

  post(path: string, body: URLSearchParams, headers: Record<string, string> = {}): Promise<PlainAnswer> {
    return this.fetch(path, { method: "POST", body, headers });
  }

  /** Redirects are not followed. */
  async fetch(path: string, init: RequestInit = {}): Promise<PlainAnswer> {
    const response = await fetch(new URL(path, this.origin), { redirect: "manual", ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const pairSchema = z.object({ access_token: z.string(), refresh_token: z.string(), scope: z.string() });
export const pageSchema = z.object({
  data: z.object({
    videos: z.array(z.looseObject({ id: z.string() })),
    cursor: z.number().optional(),
    has_more: z.boolean().optional(),
  }),
});

export function idsOf(body: unknown): string[] {
  return pageSchema.parse(body).data.videos.map(({ id }) => id);
}
