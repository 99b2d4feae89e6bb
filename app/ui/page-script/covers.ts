/** A cover that does not load gives way to the placeholder behind it. */
export function watchCovers(): void {
  const hide = (image: HTMLImageElement) => {
    const cover = image.closest(".cover");
    if (!cover) return;
    image.hidden = true;
    // What lay behind it is seen only now.
    cover.querySelector(".dead-cover")?.removeAttribute("aria-hidden");
    cover.querySelector(".dead-cover a")?.removeAttribute("tabindex");
  };
  document.addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLImageElement) hide(event.target);
    },
    true,
  );
  // Those that failed before this script ran.
  for (const image of document.images) if (image.complete && image.naturalWidth === 0 && image.currentSrc) hide(image);
}
