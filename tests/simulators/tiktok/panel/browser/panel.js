// @ts-check
import { accountsView } from "./accounts";
import { byId } from "./elements";
import { faultsView } from "./faults";
import { ledgerView } from "./ledger";
import { lettersView } from "./letters";
import { attempt, complain, order, quietly, tell } from "./orders";
import { settingsView } from "./settings";
import { webhookView } from "./webhook";

/** One section at a time, named by the address: `#faults`, `#accounts/demo-ines`. */

const REFRESH_MS = 2_000;

/** @type {Record<string, { start(): void, show(rest: string): Promise<void>, refresh(): Promise<void> }>} */
const views = {
  accounts: accountsView,
  faults: faultsView,
  settings: settingsView,
  webhook: webhookView,
  ledger: ledgerView,
  letters: lettersView,
};

function whereAreWe() {
  const [name = "", rest = ""] = location.hash.slice(1).split("/");
  const isKnown = Object.hasOwn(views, name);
  return { name: isKnown ? name : "accounts", rest: isKnown ? rest : "" };
}

async function showView() {
  const { name, rest } = whereAreWe();
  for (const other of Object.keys(views)) byId(`view-${other}`, HTMLElement).hidden = other !== name;
  for (const link of document.querySelectorAll(".tabs a")) {
    if (link.getAttribute("href") === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const heading = byId(`${name}-heading`, HTMLElement);
  document.title = `${heading.textContent} · Control panel · TikTok simulator`;
  try {
    tell("");
    await views[name]?.show(decodeURIComponent(rest));
  } catch (error) {
    complain(error);
  }
  return rest === "" ? heading : byId("account-name", HTMLElement);
}

async function refreshForEver() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, REFRESH_MS));
    const isWanted = byId("refresh", HTMLInputElement).checked && document.visibilityState === "visible";
    if (isWanted) await quietly(async () => views[whereAreWe().name]?.refresh());
  }
}

function startReset() {
  const dialog = byId("reset-dialog", HTMLDialogElement);
  byId("ask-reset", HTMLButtonElement).addEventListener("click", () => {
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "reset") return;
    attempt(async () => {
      await order("reset", {});
      await showView();
      return "The simulator is as it was at its start.";
    });
  });
}

for (const view of Object.values(views)) view.start();
startReset();
// From the second address on, the focus goes where the person went.
addEventListener("hashchange", () => void showView().then((heading) => heading.focus()));
// Every section proposes open ids.
await quietly(accountsView.refresh);
await showView();
void refreshForEver();
