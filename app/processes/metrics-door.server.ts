import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import { collectMetrics } from "~/features/operations/collect-metrics.server";
import { env } from "~/infra/env.server";

const hash = (text: string) => createHash("sha256").update(text).digest();

/** GET /metrics for whoever holds METRICS_TOKEN. To everybody else it is not there, and so it is when none is set. */
export const metricsDoor: RequestHandler = (request, response, next) => {
  const given = /^Bearer (.+)$/.exec(request.get("authorization") ?? "")?.[1];
  const wanted = env.METRICS_TOKEN;
  if (!wanted || given === undefined || !timingSafeEqual(hash(given), hash(wanted))) {
    response.status(404).type("text/plain").send("Not found\n");
    return;
  }
  collectMetrics()
    .then(({ contentType, text }) => response.set("Cache-Control", "no-store").type(contentType).send(text))
    .catch(next);
};
