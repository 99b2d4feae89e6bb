// @ts-check
import { actButton, byId, el, fill, isTicked, many, mark, moment, numberOf, shortened, textOf } from "./elements";
import { answersOf, attempt, onPress, onSubmit, order } from "./orders";

/** One account that is open: its tokens and its videos. */

/** @typedef {import("../../control-answers").VideoState} VideoState */

const MOST_VIDEOS = 50;
const countNames = /** @type {const} */ (["view_count", "like_count", "comment_count", "share_count"]);

let openId = "";
/** @type {VideoState[]} */
let videos = [];

/** @param {string} chosen */
export async function openAccount(chosen) {
  const isOther = chosen !== openId;
  openId = chosen;
  if (isOther) byId("account", HTMLElement).hidden = true;
  const [found, { cast }] = await Promise.all([order("videos/list", { openId: chosen }), order("state", {})]);
  // Somebody went on to another one meanwhile.
  if (openId !== chosen) return;
  videos = found;
  if (isOther) byId("filter-form", HTMLFormElement).reset();
  showAccount(cast);
  byId("account", HTMLElement).hidden = false;
  showVideos();
}

export function closeAccount() {
  openId = "";
  byId("account", HTMLElement).hidden = true;
}

/** @param {readonly import("../../control-answers").AccountState[]} cast */
export function showAccount(cast) {
  const account = cast.find((other) => other.openId === openId);
  if (!account) return;
  byId("account-name", HTMLElement).replaceChildren(el("bdi", {}, shortened(account.displayName, 80)));
  byId("account-facts", HTMLElement).replaceChildren(
    el("bdi", {}, `@${shortened(account.username, 60)}`),
    " · ",
    el("code", {}, account.openId),
    ` · ${many(account.publicVideos, "public video")}`,
  );
  byId("account-tokens", HTMLElement).textContent =
    `Live: ${many(account.liveAccessTokens, "access token")}, ${many(account.liveRefreshTokens, "refresh token")}.`;
}

function showVideos() {
  const wanted = byId("filter-text", HTMLInputElement).value.trim().toLowerCase();
  const matching = videos.filter((video) => wanted === "" || wordsOf(video).includes(wanted));
  const shown = matching.slice(0, MOST_VIDEOS);
  byId("videos-shown", HTMLElement).textContent =
    shown.length < matching.length
      ? `The newest ${shown.length} of ${many(matching.length, "video")}. Search to see others.`
      : `${many(matching.length, "video")}.`;
  fill(byId("videos", HTMLElement), shown.map(videoItem), byId("account-name", HTMLElement));
}

/** @param {VideoState} video */
function wordsOf({ id, caption, privacy, deleted, isAigc }) {
  return `${id} ${caption} ${privacy} ${deleted ? "deleted" : ""} ${isAigc ? "ai" : ""}`.toLowerCase();
}

/** @param {VideoState} video */
function videoItem(video) {
  const { id, caption, privacy, deleted, isAigc, durationSeconds, createMs, counts } = video;
  const captionId = `caption-${id}`;
  const isPrivate = privacy === "private";
  const length = durationSeconds === 0 ? "photo post" : `${durationSeconds} s`;
  const told = countNames.map((name) => `${counts[name] ?? "no"} ${name.replace("_count", "s")}`).join(", ");
  const marks = [...(isPrivate ? [mark("private", true)] : []), ...(deleted ? [mark("deleted", true)] : [])];
  return el(
    "li",
    {},
    el("p", { class: "words", id: captionId, dir: "auto" }, shortened(caption, 280)),
    el(
      "p",
      { class: "facts" },
      ...marks,
      ...(isAigc ? [mark("AI")] : []),
      el("code", {}, id),
      " · posted ",
      moment(createMs),
      ` · ${length} · ${told}`,
    ),
    el(
      "div",
      { class: "acts" },
      actButton(isPrivate ? "Make public" : "Make private", {
        focus: `${id} privacy`,
        describedBy: captionId,
        act: () => change(id, { privacy: isPrivate ? "public" : "private" }),
      }),
      actButton(deleted ? "Restore" : "Delete", {
        focus: `${id} deleted`,
        describedBy: captionId,
        act: () => change(id, { deleted: !deleted }),
      }),
      countsForm(video, captionId),
    ),
  );
}

/** @param {VideoState} video @param {string} captionId */
function countsForm({ id, counts }, captionId) {
  const fields = countNames.map((name) => {
    const field = `${name}-${id}`;
    const value = String(counts[name] ?? "");
    const label = name.replace("_count", "s");
    return el(
      "div",
      { class: "field" },
      el("label", { for: field }, `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`),
      el("input", { id: field, name, type: "number", step: "any", value, autocomplete: "off" }),
    );
  });
  const form = el(
    "form",
    {},
    el("div", { class: "row" }, ...fields),
    el("button", { "aria-describedby": captionId }, "Set counts"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    /** @type {Partial<VideoState["counts"]>} */
    const changed = {};
    // Those that were left alone go on growing.
    for (const name of countNames) {
      const value = numberOf(form, name) ?? null;
      if (value !== counts[name]) changed[name] = value;
    }
    change(id, { counts: changed });
  });
  const summary = el("summary", { "data-focus": `${id} counts`, "aria-describedby": captionId }, "Counts");
  return el("details", { "data-focus": `${id} counts` }, summary, form);
}

/** @param {string} id @param {import("../../control-protocol").CommandInput<"videos/change">["change"]} to */
function change(id, to) {
  attempt(async () => {
    const changed = await order("videos/change", { openId, id, change: to });
    videos = videos.map((video) => (video.id === id ? changed : video));
    showVideos();
    const state = [changed.privacy, ...(changed.deleted ? ["deleted"] : [])].join(", ");
    return `Video ${id} is changed: it is ${state}.`;
  });
}

/** @param {() => Promise<void>} refresh reads the cast again */
export function startAccount(refresh) {
  byId("filter-text", HTMLInputElement).addEventListener("input", showVideos);
  byId("filter-form", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
  onPress("expire-access", async () => {
    await order("tokens/expire", { openId });
    await refresh();
    return `The access tokens of ${openId} have expired.`;
  });
  onPress("kill-refresh", async () => {
    await order("tokens/kill-refresh", { openId });
    await refresh();
    return `The refresh tokens of ${openId} are dead.`;
  });
  onSubmit("leave-form", async (form) => {
    const reason = numberOf(form, "reason");
    const { deliveries } = await order("tokens/remove", { openId, reason, webhook: isTicked(form, "webhook") });
    await refresh();
    const answered = deliveries.length > 0 ? `The webhook was answered with ${answersOf(deliveries)}.` : "";
    return `${openId} has taken access away, reason ${reason}. ${answered}`;
  });
  onSubmit("video-form", async (form) => {
    const agoMs = (numberOf(form, "ago") ?? 0) * (numberOf(form, "unit") ?? 0);
    const { id } = await order("videos/add", {
      openId,
      video: {
        caption: textOf(form, "caption"),
        durationSeconds: numberOf(form, "durationSeconds"),
        isAigc: isTicked(form, "isAigc"),
        agoMs,
      },
    });
    await openAccount(openId);
    await refresh();
    return `Video ${id} is added.`;
  });
}
