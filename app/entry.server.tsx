import { PassThrough } from "node:stream";
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { log } from "~/infra/log.server";
import { NonceContext } from "~/ui/nonce";

/** Deferred data is refused after this; React gives up a second later. */
export const streamTimeout = 5_000;

/** Renders a page with its nonce: as soon as the shell is ready for people, whole for crawlers. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  { nonce, requestId }: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let started = false;
    const start = () => {
      started = true;
      const body = new PassThrough();
      // Otherwise every answer would leave a timer of six seconds behind.
      body.once("close", () => clearTimeout(giveUp));
      headers.set("Content-Type", "text/html; charset=utf-8");
      if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-cache");
      resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remix} url={request.url} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        ...(isbot(request.headers.get("user-agent")) ? { onAllReady: start } : { onShellReady: start }),
        onShellError(error) {
          clearTimeout(giveUp);
          reject(error);
        },
        onError(error) {
          if (started && !request.signal.aborted) log.error({ err: error, requestId }, "a page failed while streaming");
        },
      },
    );
    const giveUp = setTimeout(abort, streamTimeout + 1_000);
  });
}

/** Loaders' and actions' failures, told to the log under the request's id. A 404 is no news. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted) return;
  if (isRouteErrorResponse(error) && error.status < 500) return;
  log.error({ err: error, requestId: context.requestId, path: new URL(request.url).pathname }, "a request failed");
}
