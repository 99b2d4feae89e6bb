import { randomBytes } from "node:crypto";
import { KmsControl } from "../simulators/kms/control";
import { startKmsSimulator } from "../simulators/kms/simulator";
import { type MailCatcher, startMailCatcher } from "../simulators/smtp/catcher";
import { TikTokControl } from "../simulators/tiktok/control";
import { startTikTokSimulator } from "../simulators/tiktok/simulator";

/** TikTok, KMS and a mail server as this process runs them, and the settings that point the product at them. */
export interface StandIns {
  tiktok: TikTokControl;
  kms: KmsControl;
  smtp: MailCatcher;
  /** A whole environment for the product but for its database. Secrets are made anew each time. */
  environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface StandInOptions {
  /** Where the product will answer; its callback is registered at TikTok. */
  appOrigin: string;
  /** `public`: the product is configured for TikTok's public API, and the simulator holds it to that. */
  contract?: "mission" | "public";
  tiktokPort?: number;
  rateLimitPerMinute?: number;
  latencyMs?: number;
  admins?: readonly string[];
}

const REGION = "eu-central-1";
const secret = () => randomBytes(24).toString("base64url");

/** What TikTok's public API needs instead of the defaults (tiktok-contract.md, section 0). */
const publicContract = {
  TIKTOK_DISPLAY_SCOPES: "user.info.basic user.info.profile video.list",
  TIKTOK_VIDEO_LOOKUP_PATH: "/v2/video/query/",
};

export async function startStandIns(options: StandInOptions): Promise<StandIns> {
  const { appOrigin, contract = "mission" } = options;
  const app = new URL(appOrigin);
  const clientKey = `key${randomBytes(6).toString("hex")}`;
  const clientSecret = secret();
  const awsKey = { accessKeyId: `AKIA${randomBytes(8).toString("hex").toUpperCase()}`, secretAccessKey: secret() };
  const smtp = await startMailCatcher({ password: secret() });
  const [tiktok, kms] = await Promise.all([
    startTikTokSimulator({
      port: options.tiktokPort,
      contract,
      clientKey,
      clientSecret,
      redirectUris: [`${appOrigin}/auth/tiktok/callback`],
      rateLimitPerMinute: options.rateLimitPerMinute,
      latencyMs: options.latencyMs,
      letters: smtp.letters,
    }),
    startKmsSimulator({ region: REGION, ...awsKey }),
  ]);
  return {
    tiktok: new TikTokControl(tiktok.origin),
    kms: new KmsControl(kms.origin),
    smtp,
    environment: {
      HOST: app.hostname,
      PORT: app.port,
      APP_ORIGIN: appOrigin,
      SESSION_SECRET: secret(),
      TIKTOK_CLIENT_KEY: clientKey,
      TIKTOK_CLIENT_SECRET: clientSecret,
      TIKTOK_AUTHORIZE_URL: `${tiktok.origin}/v2/auth/authorize/`,
      TIKTOK_DISPLAY_API_BASE_URL: tiktok.origin,
      TIKTOK_WEB_BASE_URL: tiktok.origin,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_KMS: kms.origin,
      AWS_ACCESS_KEY_ID: awsKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: awsKey.secretAccessKey,
      SMTP_URL: smtp.url,
      ADMIN_OPEN_IDS: (options.admins ?? []).join(","),
      ...(contract === "public" ? publicContract : {}),
    },
    stop: async () => {
      await Promise.all([tiktok.stop(), kms.stop(), smtp.stop()]);
    },
  };
}
