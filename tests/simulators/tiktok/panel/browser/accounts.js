// @ts-check
import { closeAccount, openAccount, showAccount, startAccount } from "./account";
import { byId, el, fill, many, shortened } from "./elements";
import { order } from "./orders";

/** Everybody who has an account at the simulator. */

let openedId = "";

async function refreshCast() {
  const { cast } = await order("state", {});
  const items = cast.map(({ openId, displayName, username, publicVideos, liveAccessTokens, liveRefreshTokens }) => {
    const address = `#accounts/${encodeURIComponent(openId.toWellFormed())}`;
    const tokens = `${liveAccessTokens} access, ${liveRefreshTokens} refresh live`;
    const live = liveAccessTokens + liveRefreshTokens > 0 ? tokens : "no live token";
    return el(
      "li",
      {},
      el(
        "a",
        { href: address, "data-focus": openId, "aria-current": openId === openedId ? "true" : false },
        el("bdi", { class: "name" }, shortened(displayName, 80)),
        el(
          "small",
          {},
          el("bdi", {}, `@${shortened(username, 60)}`),
          ` · ${openId} · ${many(publicVideos, "public video")} · ${live}`,
        ),
      ),
    );
  });
  fill(byId("cast", HTMLElement), items, byId("accounts-heading", HTMLElement));
  const known = cast.map(({ openId, displayName }) => el("option", { value: openId }, shortened(displayName, 40)));
  byId("open-ids", HTMLElement).replaceChildren(...known);
  showAccount(cast);
}

export const accountsView = {
  start: () => startAccount(refreshCast),
  /** @param {string} openId whose account to open; empty: nobody's */
  async show(openId) {
    openedId = openId;
    byId("no-account", HTMLElement).hidden = openId !== "";
    if (openId === "") closeAccount();
    await refreshCast();
    if (openId !== "") await openAccount(openId);
  },
  refresh: refreshCast,
};
