import type { Viewer } from "~/features/accounts/account";
import { findViewer } from "~/features/accounts/find-viewer.server";
import { listen } from "~/infra/listen.server";
import { log } from "~/infra/log.server";
import { once } from "~/infra/once.server";

/** How often a stream says that it lives, and asks whether its reader still may read. */
const HEARTBEAT_MS = 15_000;
/** A tab that is hidden closes its stream, so this is many people at work; each costs a socket and two small queries a heartbeat. */
const MAX_STREAMS = 200;
/** Nobody has more browsers in front of them, and nobody takes the others' places. */
const MAX_STREAMS_EACH = 6;

/** Whose each is. */
const open = once("desk-streams", () => new Map<symbol, string>());

/**
 * Server-sent events for all desks of a browser: `news` when an entry was entered or decided or somebody else's claim
 * changed, with the challenge's id (none: it may be any) and nothing of what it was. Ends with the reader, with their
 * session or role, and with `shutdown`. "full" when this process or this person has as many streams as there may be.
 */
export function watchDesks(
  viewer: Viewer,
  { request, shutdown }: { request: Request; shutdown: AbortSignal },
): ReadableStream<Uint8Array> | "full" {
  const own = [...open.values()].filter((userId) => userId === viewer.userId);
  if (open.size >= MAX_STREAMS || own.length >= MAX_STREAMS_EACH || shutdown.aborted) return "full";
  const over = AbortSignal.any([request.signal, shutdown]);
  const place = Symbol("stream");
  open.set(place, viewer.userId);
  const ended = new AbortController();
  const encoder = new TextEncoder();
  const news = (challengeId: string) => encoder.encode(`event: news\ndata: ${challengeId}\n\n`);
  /** There was news that a reader who takes nothing in was not told. */
  let missed = false;
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const mayEnqueue = () => !ended.signal.aborted && (controller.desiredSize ?? 0) > 0;
        const comment = (lines: string) => {
          if (mayEnqueue()) controller.enqueue(encoder.encode(`${lines}\n\n`));
        };
        const end = () => {
          if (ended.signal.aborted) return;
          ended.abort();
          controller.close();
        };
        ended.signal.addEventListener("abort", () => open.delete(place), { once: true });
        over.addEventListener("abort", end, { once: true });
        if (over.aborted) return end();
        try {
          const leave = await listen("desk", (words) => {
            const [challengeId = "", claimedBy] = words?.split(" ") ?? [];
            if (claimedBy === viewer.userId) return;
            if (mayEnqueue()) controller.enqueue(news(challengeId));
            else missed = true;
          });
          ended.signal.addEventListener("abort", leave, { once: true });
          if (ended.signal.aborted) return leave();
        } catch (error) {
          log.warn({ err: error }, "a desk's stream could not listen");
          return end();
        }
        const beat = setInterval(() => {
          mayStillRead(request, viewer)
            .then((may) => (may ? comment(": still here") : end()))
            .catch((error: unknown) => {
              log.warn({ err: error }, "a desk's stream could not be checked");
              end();
            });
        }, HEARTBEAT_MS);
        ended.signal.addEventListener("abort", () => clearInterval(beat), { once: true });
        comment("retry: 5000\n: listening");
      },
      // The reader goes on: whatever it was that was not told.
      pull: (controller) => {
        if (missed) controller.enqueue(news(""));
        missed = false;
      },
      cancel: () => ended.abort(),
    },
    new CountQueuingStrategy({ highWaterMark: 4 }),
  );
}

/** The session may have ended and the role may be another since the stream was opened. */
async function mayStillRead(request: Request, { userId }: Viewer): Promise<boolean> {
  const viewer = await findViewer(request);
  return viewer?.userId === userId && (viewer.role === "moderator" || viewer.role === "admin");
}
