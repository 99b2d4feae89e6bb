import type { RequestHandler } from "express";
import { receiveWebhook } from "~/features/operations/receive-webhook.server";
import { limitSenders } from "~/infra/inbound-limit.server";
import { log } from "~/infra/log.server";
import { countWebhook } from "~/infra/metrics.server";
import { BodyRefusedError, readRawBody } from "~/infra/read-raw-body.server";

/** TikTok's events are a few hundred bytes. */
const LIMITS = { maxBytes: 64 * 1024, maxMs: 5_000 };
/** How long the rest of a refused body is let in and thrown away, so that its sender hears why. */
const DRAIN_MS = 5_000;
/**
 * Only what was refused counts against its sender, so nothing that TikTok signed uses it up. Should TikTok's own events be
 * refused (a secret that was changed on one side only), it sends them for 72 hours, and the limit passes in a minute.
 */
const refusals = limitSenders({ perMinute: 60, burst: 60 });

/**
 * POST /webhooks/tiktok, in front of Remix because the signature is over the bytes as they were sent. 200 as soon as
 * the event is stored; the work is a job. Everything else makes TikTok send it again, for up to 72 hours.
 */
export const webhookDoor: RequestHandler = (request, response, next) => {
  const answer = (status: number) => response.status(status).set("Cache-Control", "no-store").type("text/plain");
  const turnAway = (status: number) => {
    countWebhook(`http_${status}`);
    answer(status).send("Not taken.\n");
    setTimeout(() => request.destroy(), DRAIN_MS).unref();
    request.resume();
  };
  const sender = request.ip ?? "";
  const waitSeconds = refusals.waitSeconds(sender);
  if (waitSeconds > 0) {
    response.set("Retry-After", String(waitSeconds));
    return turnAway(429);
  }
  readRawBody(request, LIMITS)
    .then((rawBody) => receiveWebhook(rawBody, request.get("tiktok-signature")))
    .then((fault) => {
      countWebhook(fault ?? "taken");
      if (fault === null) return answer(200).send("ok\n");
      refusals.count(sender);
      log.warn({ fault }, "a webhook was refused");
      return answer(401).send("Not signed by TikTok.\n");
    })
    .catch((error: unknown) => {
      if (!(error instanceof BodyRefusedError)) return next(error);
      refusals.count(sender);
      log.warn({ status: error.status }, "a webhook's body was refused");
      return turnAway(error.status);
    });
};
