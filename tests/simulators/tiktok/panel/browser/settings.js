// @ts-check
import { byId, isTicked, numberOf, textOf } from "./elements";
import { onPress, onSubmit, order } from "./orders";

/** @typedef {import("../../control-protocol").Settings} Settings */

const MINUTE_MS = 60_000;
let offsetMs = 0;

/** TikTok's clock, which goes on by itself between two answers. */
function showClock() {
  const now = new Date(Date.now() + offsetMs);
  const time = byId("simulated-time", HTMLTimeElement);
  // Beyond what a date can say: the simulator's trouble, and visible there.
  const isTime = !Number.isNaN(now.getTime());
  time.dateTime = isTime ? now.toISOString() : "";
  time.textContent = isTime ? `${now.toISOString().slice(0, 19).replace("T", " ")} UTC` : "no time at all";
  byId("clock-offset", HTMLElement).textContent =
    offsetMs === 0
      ? "The same as this machine's."
      : `${lengthOf(Math.abs(offsetMs))} ${offsetMs > 0 ? "ahead" : "behind"}.`;
}

/** @param {number} ms */
function lengthOf(ms) {
  const minutes = ms / MINUTE_MS;
  const parts = [
    `${Math.floor(minutes / 1440)} d`,
    `${Math.floor((minutes % 1440) / 60)} h`,
    `${Math.floor(minutes % 60)} min`,
    `${Math.round(ms % MINUTE_MS) / 1000} s`,
  ];
  return parts.filter((part) => !part.startsWith("0 ")).join(" ") || "0 s";
}

async function refreshClock() {
  const { settings } = await order("state", {});
  offsetMs = settings.clockOffsetMs;
  showClock();
  return settings;
}

/** @param {number} clockOffsetMs */
async function setClock(clockOffsetMs) {
  await order("settings", { clockOffsetMs });
  await refreshClock();
  return clockOffsetMs === 0 ? "TikTok's clock shows this machine's time." : "TikTok's clock is moved.";
}

/** @param {Settings} settings */
function fillForm(settings) {
  const form = byId("settings-form", HTMLFormElement);
  for (const [name, value] of Object.entries(settings)) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value === true;
    else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = String(value);
  }
}

export const settingsView = {
  start() {
    setInterval(showClock, 1_000);
    onSubmit("clock-form", (form) => {
      const ms = (numberOf(form, "amount") ?? 0) * (numberOf(form, "unit") ?? 0);
      return setClock(Math.round(ms));
    });
    onPress("clock-back", () => setClock(0));
    onSubmit("settings-form", async (form) => {
      const users = (textOf(form, "sandboxUsers") ?? "").split(",").map((openId) => openId.trim());
      const saved = await order("settings", {
        contract: /** @type {Settings["contract"]} */ (textOf(form, "contract")),
        appState: /** @type {Settings["appState"]} */ (textOf(form, "appState")),
        sandboxUsers: users.filter((openId) => openId !== ""),
        rotateRefreshTokens: isTicked(form, "rotateRefreshTokens"),
        accessTtlSeconds: numberOf(form, "accessTtlSeconds"),
        refreshTtlSeconds: numberOf(form, "refreshTtlSeconds"),
        coverTtlSeconds: numberOf(form, "coverTtlSeconds"),
        rateLimitPerMinute: numberOf(form, "rateLimitPerMinute"),
        latencyMs: numberOf(form, "latencyMs"),
        oauthErrorStatus: numberOf(form, "oauthErrorStatus") === 200 ? 200 : 400,
      });
      fillForm(saved);
      return "The settings are saved.";
    });
  },
  async show() {
    fillForm(await refreshClock());
  },
  /** The clock alone: what somebody is writing into the form stays. */
  async refresh() {
    await refreshClock();
  },
};
