// @ts-check
import { actButton, byId, el, fill, many, mark, numberOf, textOf } from "./elements";
import { attempt, onPress, onSubmit, order } from "./orders";

/** @typedef {import("../../control-protocol").FaultSpec} FaultSpec */
/** @typedef {import("../../control-protocol").FaultState} FaultState */

async function refreshFaults() {
  const { faults } = await order("state", {});
  byId("no-fault", HTMLElement).hidden = faults.length > 0;
  fill(byId("fault-list", HTMLElement), faults.map(faultItem), byId("set-heading", HTMLElement));
}

/** @param {FaultState} fault */
function faultItem({ id, endpoint, kind, fired, seen, ...rest }) {
  const told = Object.entries(rest).map(([name, value]) => `${name}: ${value}`);
  const of = `fault-item-${id}`;
  const remove = async () => {
    await order("faults/remove", { id });
    await refreshFaults();
    return `The fault ${id} is removed.`;
  };
  return el(
    "li",
    {},
    el("p", { class: "words", id: of }, el("strong", {}, `${kind} at ${endpoint}`), " ", el("code", {}, id)),
    el(
      "p",
      { class: "facts" },
      mark(`fired ${fired}`, fired > 0),
      [`asked about ${many(seen, "request")}`, ...told].join(" · "),
    ),
    el("div", { class: "acts" }, actButton("Remove", { focus: id, describedBy: of, act: () => attempt(remove) })),
  );
}

export const faultsView = {
  start() {
    onSubmit("fault-form", async (form) => {
      const { id } = await order("faults/add", {
        // Both are lists of what there is; the simulator checks them too.
        endpoint: /** @type {FaultSpec["endpoint"]} */ (textOf(form, "endpoint")),
        kind: /** @type {FaultSpec["kind"]} */ (textOf(form, "kind")),
        openId: textOf(form, "openId"),
        times: numberOf(form, "times"),
        after: numberOf(form, "after"),
        delayMs: numberOf(form, "delayMs"),
        status: numberOf(form, "status"),
        code: textOf(form, "code"),
        retryAfter: textOf(form, "retryAfter"),
        id: textOf(form, "id"),
      });
      await refreshFaults();
      return `The fault ${id} is set.`;
    });
    onPress("clear-faults", async () => {
      await order("faults/clear", {});
      await refreshFaults();
      return "All faults are removed.";
    });
  },
  show: refreshFaults,
  refresh: refreshFaults,
};
