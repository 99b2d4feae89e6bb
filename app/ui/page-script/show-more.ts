import { announce } from "./announce";

/**
 * `a[data-more]` leads to the next page of the list in `[data-more-list]`. Pressed here, that page's items come under
 * those that are shown, its links take the place of these, and the address becomes that page's, so that reloading and
 * coming back lead to where the visitor was. Whatever goes wrong, the link is followed.
 */
export function wireShowMore(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-more]") : null;
    const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere) return;
    event.preventDefault();
    if (link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    showMore(link).catch(() => location.assign(link.href));
  });
}

async function showMore(link: HTMLAnchorElement): Promise<void> {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = document.querySelector("[data-more-list]");
  const nextList = next.querySelector("[data-more-list]");
  if (!list || !nextList) throw new Error("no list to go on with");
  // By numbers that move, one may have come down from the page before.
  const isNew = (item: Element) => [...item.querySelectorAll("[id]")].every(({ id }) => !document.getElementById(id));
  const items = [...nextList.children].filter(isNew);
  list.append(...items);
  const links = next.querySelector("[data-more-links]");
  link.closest("[data-more-links]")?.replaceWith(...(links ? [links] : []));
  history.replaceState(history.state, "", link.href);
  // What lies behind a cover is out of reach.
  items[0]?.querySelector<HTMLElement>(":is(a, button):not([tabindex='-1'])")?.focus();
  announce(items.length === 1 ? "1 more entry shown" : `${items.length} more entries shown`);
}
