// @ts-check
import { byId, el, fill, many, moment } from "./elements";
import { order } from "./orders";

async function readLetters() {
  const letters = await order("letters/get", {});
  byId("letters-shown", HTMLElement).textContent = `${many(letters.length, "letter")}.`;
  const items = letters
    .toReversed()
    .map(({ to, subject, text, takenAt }) =>
      el(
        "li",
        {},
        el("p", {}, el("strong", {}, subject)),
        el("p", { class: "facts" }, moment(takenAt), " · to ", el("code", {}, to)),
        el("p", { class: "words" }, ...withLinks(text)),
      ),
    );
  fill(byId("letters-list", HTMLElement), items, byId("letters-heading", HTMLElement));
}

/** Addresses become links, as mail programs do it. @param {string} text */
function withLinks(text) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 === 1 ? el("a", { href: part }, part) : part));
}

export const lettersView = {
  start() {},
  show: readLetters,
  refresh: readLetters,
};
