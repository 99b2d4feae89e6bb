// @ts-check
import { byId } from "./elements";

/** @typedef {import("../../control-protocol").CommandName} CommandName */

/** Nobody is there: passes by itself when the simulator is back. */
class CutOff extends Error {}

/**
 * @template {CommandName} N
 * @param {N} name
 * @param {import("../../control-protocol").CommandInput<N>} input
 * @returns {Promise<import("../../control-answers").CommandAnswers[N]>}
 */
export async function order(name, input) {
  const body = JSON.stringify(input);
  const headers = { "content-type": "application/json" };
  const response = await fetch(`/__control/${name}`, { method: "POST", headers, body }).catch(() => {
    throw new CutOff("The simulator does not answer. Is it still running?");
  });
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new Error(typeof answer?.error === "string" ? answer.error : `The simulator answered ${response.status}.`);
}

let isCutOff = false;

/** Says what was done, where screen readers hear it. @param {string} text */
export function tell(text) {
  isCutOff = false;
  byId("wrong", HTMLElement).textContent = "";
  byId("said", HTMLElement).textContent = text;
}

/** Says what went wrong, a refusal in the simulator's words. @param {unknown} error */
export function complain(error) {
  isCutOff = error instanceof CutOff;
  const text = error instanceof Error ? error.message : String(error);
  const wrong = byId("wrong", HTMLElement);
  byId("said", HTMLElement).textContent = "";
  // The same words once more would be read out again at every refresh.
  if (wrong.textContent !== text) wrong.textContent = text;
}

/** Does something for the person; says how it went. @param {() => Promise<string>} act */
export function attempt(act) {
  void act().then(tell, complain);
}

/** Reads without a word, unless it fails. @param {() => Promise<void>} read */
export async function quietly(read) {
  try {
    await read();
    if (isCutOff) tell("");
  } catch (error) {
    complain(error);
  }
}

/** @param {string} id @param {(form: HTMLFormElement) => Promise<string>} act */
export function onSubmit(id, act) {
  const form = byId(id, HTMLFormElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => act(form));
  });
}

/** @param {string} id @param {() => Promise<string>} act */
export function onPress(id, act) {
  byId(id, HTMLButtonElement).addEventListener("click", () => attempt(act));
}

/** @param {readonly import("../../control-answers").WebhookDelivery[]} deliveries */
export function answersOf(deliveries) {
  return deliveries.map(({ status }) => status ?? "no answer").join(", ");
}
