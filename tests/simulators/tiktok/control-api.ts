import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { AccountState, CommandAnswers, VideoState } from "./control-answers";
import { type CommandName, type CommandOrder, commands, type VideoSpec } from "./control-protocol";
import { type Call, json, mediaType, type Reply, readCall, redirect } from "./exchange";
import { controlPanel } from "./panel/page";
import { countsAt, type SimVideo, shortCodeOf, type VideoDraft } from "./sim-video";
import { sharePage } from "./video-answer";
import { sendWebhook } from "./webhooks";
import type { Member, World } from "./world";

/**
 * The other door of the simulator: tests, the demo and the control panel arrange the world here. Not a part of TikTok,
 * not in the ledger.
 */

export const CONTROL_PREFIX = "/__control/";

/** An order that cannot be carried out, in words for whoever wrote the test. */
class ControlRefusal extends Error {}

type Carriers = {
  [N in CommandName]: (world: World, order: CommandOrder<N>) => CommandAnswers[N] | Promise<CommandAnswers[N]>;
};

const ok = { ok: true } as const;

const carriers: Carriers = {
  state: (world) => {
    const live = world.tokens.liveTokens(world.now());
    return {
      origin: world.origin,
      contract: world.settings.contract,
      startedAt: new Date(world.startedAtMs).toISOString(),
      settings: world.settings,
      faults: world.faults.list(),
      cast: [...world.members.values()].map((member) => accountState(world, member, live)),
    };
  },
  reset: (world, { startMs }) => {
    world.reset(startMs);
    return ok;
  },
  "world/keep": (world, { name }) => {
    world.keep(name);
    return ok;
  },
  "world/bring-back": (world, { name }) => {
    if (!world.bringBack(name)) throw new ControlRefusal(`No world was kept as ${name}`);
    return ok;
  },
  settings: (world, change) => Object.assign(world.settings, change),
  "accounts/add": (world, { openId, displayName, username, videos }) => {
    if (world.members.has(openId)) throw new ControlRefusal(`${openId} is there already`);
    const member = world.addMember({
      openId,
      displayName,
      username: username ?? openId.toLowerCase().replace(/[^a-z0-9._]/g, "."),
      videoCount: typeof videos === "number" ? videos : 0,
    });
    if (Array.isArray(videos)) for (const spec of videos) member.library.add(draftOf(world, spec));
    return accountState(world, member);
  },
  "accounts/change": (world, { openId, ...change }) =>
    accountState(world, Object.assign(memberOf(world, openId), change)),
  "videos/list": (world, { openId }) => {
    const member = memberOf(world, openId);
    return member.library.all().map((video) => videoState(world, member, video));
  },
  "videos/add": (world, { openId, video }) => {
    const member = memberOf(world, openId);
    return videoState(world, member, member.library.add(draftOf(world, video)));
  },
  "videos/change": (world, { openId, id, change: { counts, ...change } }) => {
    const member = memberOf(world, openId);
    const video = member.library.find(id);
    if (!video) throw new ControlRefusal(`${openId} has no video ${id}`);
    Object.assign(video, change, counts ? { fixedCounts: { ...video.fixedCounts, ...counts } } : {});
    return videoState(world, member, video);
  },
  "tokens/grant": (world, { openId, scopes }) => {
    const { clientKey } = world.app;
    const grant = { openId: memberOf(world, openId).openId, clientKey, scopes };
    const pair = world.tokens.issuePair(grant, world.settings, world.now());
    // In the ledger, because it stands in for a sign-in.
    const told = {
      endpoint: "token",
      method: "POST",
      path: "/v2/oauth/token/",
      status: 200,
      code: "ok",
      ms: 0,
    } as const;
    world.ledger.add({ at: new Date().toISOString(), ...told, ...grant, grantType: "control" });
    return pair;
  },
  "tokens/expire": (world, { openId }) => {
    world.tokens.expireAccess(openId);
    return world.tokens.counts(openId, world.now());
  },
  "tokens/kill-refresh": (world, { openId }) => {
    world.tokens.killRefresh(openId);
    return world.tokens.counts(openId, world.now());
  },
  "tokens/remove": async (world, { openId, reason, webhook }) => {
    // TikTok: the token is dead before the event is sent.
    world.tokens.remove(openId);
    const event = { event: "authorization.removed", openId, content: { reason }, times: 1 };
    return { deliveries: webhook ? await sendWebhook(world, event) : [] };
  },
  "tokens/counts": (world, { openId }) => world.tokens.counts(openId, world.now()),
  "faults/add": (world, spec) => world.faults.add(spec),
  "faults/remove": (world, { id }) => ({ removed: world.faults.remove(id) }),
  "faults/clear": (world) => {
    world.faults.clear();
    return ok;
  },
  "ledger/get": (world, filter) => world.ledger.list(filter),
  "ledger/clear": (world) => {
    world.ledger.clear();
    return ok;
  },
  "letters/get": ({ app }) => app.letters().map(({ to, subject, text, takenAt }) => ({ to, subject, text, takenAt })),
  "webhooks/send": async (world, order) => ({ deliveries: await sendWebhook(world, order) }),
};

export async function answerControl(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await readCall(request, world.origin);
  const reply = call ? await carryOut(world, call) : json(413, { error: "The body is too large" }, "");
  response.writeHead(reply.status, { "cache-control": "no-store", ...reply.headers }).end(reply.body);
}

async function carryOut(world: World, call: Call): Promise<Reply> {
  const name = call.url.pathname.slice(CONTROL_PREFIX.length);
  const isPanel = name === "" && call.method === "GET";
  const isHere = call.headers.host === new URL(world.origin).host;
  // Another name for this machine: a different origin to a browser, so the panel could do nothing there.
  if (isPanel && !isHere) return redirect(`${world.origin}${CONTROL_PREFIX}`, "");
  if (!isHere || isOfAnotherOrigin(world, call)) {
    return json(403, { error: `Only pages of ${world.origin} may use the control API` }, "");
  }
  if (isPanel) return controlPanel();
  if (!isCommand(name))
    return json(404, { error: `No such command. There are: ${Object.keys(commands).join(", ")}` }, "");
  const isQuestion = call.method === "GET" && (name === "state" || name === "ledger/get" || name === "tokens/counts");
  if (!isQuestion && (call.method !== "POST" || mediaType(call) !== "application/json")) {
    return json(405, { error: "POST a JSON body" }, "");
  }
  return run(world, name, isQuestion ? "{}" : call.body);
}

/**
 * A browser names the page that asks in `Origin` on every POST, also as `null`; tests send none. With the name in
 * `Host` checked as well, neither another site nor a name that was made to point here can drive or read the simulator.
 */
function isOfAnotherOrigin(world: World, call: Call): boolean {
  const { origin } = call.headers;
  return origin !== undefined && origin !== world.origin;
}

async function run<N extends CommandName>(world: World, name: N, body: string): Promise<Reply> {
  let input: unknown;
  try {
    input = JSON.parse(body || "{}");
  } catch {
    return json(400, { error: "The body is not valid JSON" }, "");
  }
  const order = commands[name].safeParse(input);
  if (!order.success) return json(400, { error: z.prettifyError(order.error) }, "");
  try {
    return json(200, await carriers[name](world, order.data as CommandOrder<N>), "ok");
  } catch (error) {
    if (error instanceof ControlRefusal) return json(400, { error: error.message }, "");
    throw error;
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function memberOf(world: World, openId: string): Member {
  const member = world.members.get(openId);
  if (!member) throw new ControlRefusal(`There is no account ${openId}`);
  return member;
}

function draftOf(world: World, { agoMs, createMs, counts, caption, ...rest }: VideoSpec): VideoDraft {
  return {
    ...rest,
    caption: caption ?? "",
    createMs: createMs ?? Math.round(world.now() - (agoMs ?? 0)),
    ...(counts ? { fixedCounts: counts } : {}),
  };
}

/** `live` is counted once where many are told. */
function accountState(world: World, member: Member, live = world.tokens.liveTokens(world.now())): AccountState {
  const { openId, displayName, username, kind } = member;
  const { access = 0, refresh = 0 } = live.get(openId) ?? {};
  return {
    openId,
    displayName,
    username,
    kind,
    publicVideos: member.publicVideos(),
    liveAccessTokens: access,
    liveRefreshTokens: refresh,
  };
}

function videoState(world: World, member: Member, video: SimVideo): VideoState {
  const { id, createMs, caption, durationSeconds, privacy, deleted, isAigc } = video;
  const shortCode = shortCodeOf(id);
  const urls = { shareUrl: sharePage(world, member, video), shortCode, shortUrl: `${world.origin}/t/${shortCode}/` };
  const counts = countsAt(video, world.now());
  return { id, createMs, caption, durationSeconds, privacy, deleted, isAigc, counts, ...urls };
}
