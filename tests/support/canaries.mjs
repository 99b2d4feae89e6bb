/**
 * Secrets that are in the environment while `npm test` builds the product, and must be in nothing that was built. They
 * open nothing.
 * @type {Record<string, string>}
 */
export const canaries = {
  SESSION_SECRET: "canary-session-7c1f0e52b9a84d36",
  TIKTOK_CLIENT_SECRET: "canary-client-3e9a6b0d14f782c5",
  TIKTOK_WEBHOOK_SECRET: "canary-webhook-58d2c7f1a06b4e93",
  TIKTOK_TOKEN_ENC_KEY: "canary-local-key-f46e01d8b37a92c5",
  AWS_SECRET_ACCESS_KEY: "canary-aws-0b85e2c9d7f3416a",
  METRICS_TOKEN: "canary-metrics-a94c7e60f2183bd5",
  DATABASE_URL: "postgres://trendpot:canary-database-61f0b3d8@127.0.0.1:1/none",
  SMTP_URL: "smtp://trendpot:canary-smtp-92e5b17c0d64f83a@127.0.0.1:1",
  VITE_CANARY: "canary-vite-2d70c8e5f9b3146a",
};
