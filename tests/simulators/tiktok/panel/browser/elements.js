// @ts-check

/** Everything that is shown goes through here, as text and attributes: never as markup. */

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}`);
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | false>} attributes false: left out
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Fills a list, and leaves the focus on what has the same `data-focus` as what had it; `otherwise` gets it if that is gone.
 * @param {HTMLElement} list
 * @param {readonly HTMLElement[]} items
 * @param {HTMLElement} otherwise
 */
export function fill(list, items, otherwise) {
  const active = document.activeElement;
  const key = list.contains(active) ? active?.closest("[data-focus]")?.getAttribute("data-focus") : undefined;
  list.replaceChildren(...items);
  if (key === undefined) return;
  const again = [...list.querySelectorAll("[data-focus]")].find((one) => one.getAttribute("data-focus") === key);
  if (again instanceof HTMLElement) again.focus();
  else otherwise.focus();
}

/**
 * A button in a list. `focus` names it for `fill`, `describedBy` says what it is about.
 * @param {string} label
 * @param {{ focus: string, describedBy?: string, act: () => void }} about
 */
export function actButton(label, { focus, describedBy, act }) {
  const button = el("button", { type: "button", "data-focus": focus, "aria-describedby": describedBy ?? false }, label);
  button.addEventListener("click", act);
  return button;
}

/** @param {string} text @param {boolean} isBad */
export function mark(text, isBad = false) {
  return el("span", { class: isBad ? "mark bad" : "mark" }, text);
}

/** @param {string | number} time */
export function moment(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return el("span", {}, String(time));
  return el("time", { datetime: date.toISOString() }, date.toISOString().slice(0, 19).replace("T", " "));
}

/** Cut between characters, with its length where it is cut. @param {string} text @param {number} most */
export function shortened(text, most) {
  const characters = [...text];
  if (characters.length <= most) return text;
  return `${characters.slice(0, most).join("")}… (${characters.length.toLocaleString("en")} characters)`;
}

/** @param {number} count @param {string} noun */
export function many(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** What somebody wrote; undefined where a field is empty. @param {HTMLFormElement} form @param {string} name */
export function textOf(form, name) {
  const value = new FormData(form).get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** @param {HTMLFormElement} form @param {string} name */
export function numberOf(form, name) {
  const text = textOf(form, name);
  return text === undefined ? undefined : Number(text);
}

/** @param {HTMLFormElement} form @param {string} name */
export function isTicked(form, name) {
  return new FormData(form).has(name);
}
