const KEY = "players";
const ALWAYS = "always";

/** Whether this visitor wants players to load by themselves. It is known in this browser alone, and never sent. */
export function alwaysLoads(): boolean {
  try {
    return localStorage.getItem(KEY) === ALWAYS;
  } catch {
    // Storage is switched off: nothing was asked for.
    return false;
  }
}

/** Keeps the choice of `[data-always-load]`, a checkbox, and follows it at once with the page's own player. */
export function wireAlwaysLoad(): void {
  const showChoice = () => {
    for (const box of document.querySelectorAll<HTMLInputElement>("[data-always-load]")) box.checked = alwaysLoads();
  };
  showChoice();
  // Back in a page that was kept as it was left.
  addEventListener("pageshow", showChoice);
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches("[data-always-load]")) return;
    remember(target.checked);
    showChoice();
    const player = document.querySelector<HTMLElementTagNameMap["tp-player"]>("tp-player[alone]");
    if (alwaysLoads()) player?.start(false);
    else player?.stop(false);
  });
}

function remember(always: boolean): void {
  try {
    if (always) localStorage.setItem(KEY, ALWAYS);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is switched off: the choice cannot be kept, and the box says so.
  }
}
