let region: HTMLElement | undefined;

/** Says something to whoever listens to the page, when they are at rest: one region, made when it is first needed. */
export function announce(words: string): void {
  if (!region) {
    region = document.createElement("p");
    region.className = "sr-only";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  const said = region;
  said.textContent = "";
  // A region is heard when its words change, not when it comes with them.
  setTimeout(() => {
    said.textContent = words;
  }, 100);
}
