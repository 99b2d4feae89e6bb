import { alwaysLoads } from "./always-load";
import { announce } from "./announce";

const DIGITS = /^[0-9]{6,25}$/;

/**
 * <tp-player video="digits" origin="https://…" name="…" [muted]>: our own cover until the visitor presses play; then
 * exactly one iframe in the whole page, on TikTok's player. Playing another video, Escape or the close button removes it.
 * The one that a page is about (`alone`) loads by itself for a visitor who has chosen so, and waits to be played.
 */
class Player extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this);
    this.addEventListener("keydown", this);
    if (this.hasAttribute("alone") && alwaysLoads()) this.start(false);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this);
    this.removeEventListener("keydown", this);
    removeEventListener("message", this);
  }

  handleEvent(event: Event): void {
    if (event instanceof MessageEvent) this.#hear(event);
    else if (event instanceof KeyboardEvent && event.key === "Escape") this.stop(true);
    else if (event.type === "click" && event.target instanceof Element) this.#press(event, event.target);
  }

  #press(event: Event, pressed: Element): void {
    const play = pressed.closest("[data-play]") !== null;
    if (!play && pressed.closest("[data-close]") === null) return;
    event.preventDefault();
    if (play) this.start(true);
    else this.stop(true);
  }

  get #frame(): HTMLIFrameElement | null {
    return this.querySelector("iframe");
  }

  /** Loads TikTok's player; `pressed`: the visitor wants to see this video now. */
  start(pressed: boolean): void {
    const id = this.getAttribute("video") ?? "";
    const origin = this.getAttribute("origin") ?? "";
    if (!DIGITS.test(id) || !origin || (this.#frame && !pressed)) return;
    for (const other of document.querySelectorAll("tp-player")) other.stop(false);
    const frame = document.createElement("iframe");
    frame.src = `${origin}/player/v1/${id}?autoplay=${pressed ? 1 : 0}&rel=0&music_info=1&description=1`;
    if (this.hasAttribute("muted")) frame.src += "&muted=1";
    frame.title = this.getAttribute("name") ?? "TikTok video";
    frame.allow = "autoplay; encrypted-media; fullscreen";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    this.querySelector("[data-player-error]")?.remove();
    const close = this.#closeButton();
    this.append(close, frame);
    this.dataset.state = "loading";
    addEventListener("message", this);
    announce("Loading TikTok's player");
    // Not the frame: what is pressed inside it, Escape too, stays with TikTok.
    if (pressed) close.focus();
  }

  #closeButton(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn close-player";
    button.dataset.close = "";
    button.textContent = "Close player";
    return button;
  }

  /** Puts the cover back; `refocus`: the visitor asked for it, so the focus returns to the play control. */
  stop(refocus: boolean): void {
    if (!this.#frame) return;
    removeEventListener("message", this);
    this.#frame.remove();
    this.querySelector("[data-close]")?.remove();
    delete this.dataset.state;
    if (refocus) this.querySelector<HTMLElement>("[data-play]")?.focus();
  }

  /** Only from this card's own frame and from the player's own origin. */
  #hear(event: MessageEvent): void {
    const frame = this.#frame;
    if (!frame || event.source !== frame.contentWindow || event.origin !== this.getAttribute("origin")) return;
    const type: unknown = event.data?.["x-tiktok-player"] ? event.data.type : undefined;
    if (type === "onPlayerReady") this.#ready();
    if (type === "onPlayerError") this.#fail();
  }

  #ready(): void {
    this.dataset.state = "ready";
    announce("TikTok's player is ready");
  }

  /** The play control stays above the card: the visitor may try again. */
  #fail(): void {
    this.stop(this.contains(document.activeElement));
    this.dataset.state = "error";
    const card = document.createElement("p");
    card.className = "dead-cover";
    card.dataset.playerError = "";
    card.textContent = "TikTok's player could not show this video. It may be private or gone.";
    announce(card.textContent);
    this.querySelector("[data-play]")?.before(card);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-player": Player;
  }
}

export function definePlayer(): void {
  if (!customElements.get("tp-player")) customElements.define("tp-player", Player);
}
