import type { RequestHandler } from "express";
import { receiveWebhook } from "~/features/operations/receive-webhook.server";
import { log } from "~/infra/log.server";
import { countWebhook } from "~/infra/metrics.server";
import { BodyRefusedError, readRawBody } from "~/infra/read-raw-body.server";

/** TikTok's events are a few hundred bytes. */
const LIMITS = { maxBytes: 64 * 1024, maxMs: 5_000 };
/** How long the rest of a refused body is let in and thrown away, so that its sender hears why. */
const DRAIN_MS = 5_000;

/**
 * POST /webhooks/tiktok, in front of Remix because the signature is over the bytes as they were sent. 200 as soon as
 * the event is stored; the work is a job. Everything else makes TikTok send it again, for up to 72 hours.
 */
export const webhookDoor: RequestHandler = (request, response, next) => {
  const answer = (status: number) => response.status(status).set("Cache-Control", "no-store").type("text/plain");
  readRawBody(request, LIMITS)
    .then((rawBody) => receiveWebhook(rawBody, request.get("tiktok-signature")))
    .then((fault) => {
      countWebhook(fault ?? "taken");
      if (fault === null) return answer(200).send("ok\n");
      log.warn({ fault }, "a webhook was refused");
      return answer(401).send("Not signed by TikTok.\n");
    })
    .catch((error: unknown) => {
      if (!(error instanceof BodyRefusedError)) return next(error);
      countWebhook(`http_${error.status}`);
      log.warn({ status: error.status }, "a webhook's body was refused");
      answer(error.status).send("Not taken.\n");
      setTimeout(() => request.destroy(), DRAIN_MS).unref();
      return request.resume();
    });
};
