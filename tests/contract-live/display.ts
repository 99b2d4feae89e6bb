import { z } from "zod";
import type { Env } from "~/infra/environment";
import { envelopeSchema } from "~/infra/tiktok/answers";
import { exchange } from "~/infra/tiktok/request.server";
import { TikTokError } from "~/infra/tiktok/tiktok-error";
import { plainName } from "./findings";

const TRY_MS = 15_000;

export interface DisplayAnswer {
  /** 2xx and `ok`. */
  isOk: boolean;
  /** The envelope is there: `error` is an object. */
  isNested: boolean;
  status: number;
  code: string;
  data: Readonly<Record<string, unknown>>;
  /** Trouble that says nothing about the contract: no answer, 429, 5xx. */
  isTrouble: boolean;
}

/**
 * The Display API, raw: the product's own calls go through its limiter, which lives in the database. The exchange and
 * the envelope are the product's.
 */
export class Display {
  constructor(
    private readonly env: Env,
    private readonly accessToken: string,
  ) {}

  user(fields: readonly string[]): Promise<DisplayAnswer> {
    return this.call("/v2/user/info/", fields);
  }

  list(body: { cursor?: number; max_count: number }, fields: readonly string[]): Promise<DisplayAnswer> {
    return this.call("/v2/video/list/", fields, body);
  }

  lookUp(path: string, ids: readonly string[]): Promise<DisplayAnswer> {
    return this.call(path, ["id"], { filters: { video_ids: ids } });
  }

  /** The list, asked with a token that never was. */
  listWithoutToken(): Promise<DisplayAnswer> {
    return new Display(this.env, "act.none").list({ max_count: 1 }, ["id"]);
  }

  private async call(path: string, fields: readonly string[], body?: object): Promise<DisplayAnswer> {
    const url = new URL(path, this.env.TIKTOK_DISPLAY_API_BASE_URL);
    url.searchParams.set("fields", fields.join(","));
    try {
      const answer = await exchange(url, {
        method: body ? "POST" : "GET",
        headers: {
          authorization: `Bearer ${this.accessToken}`,
          ...(body ? { "content-type": "application/json" } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(TRY_MS),
      });
      return read(answer);
    } catch (error) {
      if (!(error instanceof TikTokError)) throw error;
      return { isOk: false, isNested: false, status: 0, code: error.code, data: {}, isTrouble: true };
    }
  }
}

function read({ status, body }: { status: number; body: unknown }): DisplayAnswer {
  const envelope = envelopeSchema.safeParse(body);
  const code = envelope.success ? plainName(envelope.data.error.code) : `http_${status}`;
  const data = z.record(z.string(), z.unknown()).safeParse(envelope.data?.data);
  return {
    isOk: status >= 200 && status < 300 && code === "ok",
    isNested: envelope.success,
    status,
    code,
    data: data.data ?? {},
    isTrouble: status >= 500 || status === 429,
  };
}

/** What TikTok said, for a report. */
export function said({ status, code }: DisplayAnswer): string {
  return status === 0 ? `no answer (${code})` : `${code} with ${status}`;
}
