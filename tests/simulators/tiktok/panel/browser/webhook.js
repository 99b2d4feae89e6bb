// @ts-check
import { byId, el, moment, numberOf, textOf } from "./elements";
import { answersOf, onSubmit, order } from "./orders";

/** @param {string | undefined} text */
function contentOf(text) {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("The content is not valid JSON.");
  }
}

/** What is wrong about the signature, in the control API's terms. @param {string | undefined} choice */
function signatureOf(choice) {
  if (choice === "secret") return { secret: "not-the-client-secret" };
  if (choice === "broken") return { signature: "not a signature" };
  return choice === "none" ? { signature: null } : {};
}

export const webhookView = {
  start() {
    onSubmit("webhook-form", async (form) => {
      const event = textOf(form, "event") ?? "";
      const openId = textOf(form, "openId");
      const signature = textOf(form, "signature");
      const { settings } = await order("state", {});
      const nowSeconds = Math.floor((Date.now() + settings.clockOffsetMs) / 1000);
      const at = nowSeconds - (numberOf(form, "signedAgo") ?? 0);
      const { deliveries } = await order("webhooks/send", {
        event,
        openId,
        content: contentOf(textOf(form, "content")),
        times: numberOf(form, "times"),
        signedAt: at,
        createTime: at,
        ...signatureOf(signature),
      });
      const answered = answersOf(deliveries);
      byId("nothing-sent", HTMLElement).hidden = true;
      byId("sent-list", HTMLElement).prepend(
        el(
          "li",
          {},
          el("p", { class: "words" }, el("strong", {}, event), ` · ${answered}`),
          el("p", { class: "facts" }, moment(Date.now()), ` · ${openId ?? "no account"} · signature: ${signature}`),
        ),
      );
      return `${event} was answered with ${answered}.`;
    });
  },
  show: async () => undefined,
  refresh: async () => undefined,
};
