// @ts-check
import { byId, el, fill, isTicked, many, mark, moment, textOf } from "./elements";
import { onPress, onSubmit, order } from "./orders";

/** @typedef {import("../../control-answers").LedgerEntry} LedgerEntry */

const MOST_ENTRIES = 100;

/** @param {LedgerEntry} entry */
function hasFailed({ status, code, fault }) {
  return fault !== undefined || code !== "ok" || status === 0 || status >= 400;
}

/** What there is to tell beside address and answer. @param {LedgerEntry} entry */
function notesOf({ endpoint, openId, grantType, scopes, fields, cursor, maxCount, videoIds, ms }) {
  return [
    endpoint,
    ...(openId === null ? [] : [openId]),
    ...(grantType === undefined ? [] : [grantType]),
    ...(cursor === undefined ? [] : [`cursor ${cursor}`]),
    ...(maxCount === undefined ? [] : [`max_count ${maxCount}`]),
    ...(videoIds === undefined ? [] : [`videos ${videoIds.join(", ")}`]),
    ...(scopes === undefined ? [] : [`scopes ${scopes.join(", ")}`]),
    ...(fields === undefined ? [] : [`fields ${fields.join(", ")}`]),
    `${ms} ms`,
  ].join(" · ");
}

/** @param {LedgerEntry} entry */
function wordsOfEntry(entry) {
  const { method, path, status, code, fault = "", clientKey } = entry;
  return `${method} ${path} ${status} ${code} ${fault} ${clientKey} ${notesOf(entry)}`.toLowerCase();
}

/** @param {LedgerEntry} entry */
function entryItem(entry) {
  const { seq, at, method, path, status, code, fault } = entry;
  const answered = `${status === 0 ? "no answer" : status} ${code}`;
  return el(
    "li",
    {},
    el(
      "p",
      { class: "words" },
      mark(answered, hasFailed(entry)),
      ...(fault === undefined ? [] : [mark(`fault: ${fault}`, true)]),
      `${method} `,
      el("code", {}, path),
    ),
    el("p", { class: "facts" }, `#${seq} · `, moment(at), ` · ${notesOf(entry)}`),
  );
}

async function refreshLedger() {
  const form = byId("ledger-form", HTMLFormElement);
  const entries = await order("ledger/get", {
    endpoint: /** @type {LedgerEntry["endpoint"] | undefined} */ (textOf(form, "endpoint")),
    openId: textOf(form, "openId"),
  });
  const text = (textOf(form, "text") ?? "").trim().toLowerCase();
  const isFailuresOnly = isTicked(form, "failures");
  const matching = entries.filter(
    (entry) => (!isFailuresOnly || hasFailed(entry)) && (text === "" || wordsOfEntry(entry).includes(text)),
  );
  const shown = matching.slice(-MOST_ENTRIES).reverse();
  const told =
    shown.length < matching.length
      ? `The newest ${shown.length} of ${many(matching.length, "request")}.`
      : `${many(matching.length, "request")}.`;
  byId("ledger-shown", HTMLElement).textContent = told;
  fill(byId("ledger-list", HTMLElement), shown.map(entryItem), byId("ledger-heading", HTMLElement));
  return told;
}

const readLedger = async () => {
  await refreshLedger();
};

export const ledgerView = {
  start() {
    onSubmit("ledger-form", refreshLedger);
    onPress("clear-ledger", async () => {
      await order("ledger/clear", {});
      await refreshLedger();
      return "The ledger is empty.";
    });
  },
  show: readLedger,
  refresh: readLedger,
};
