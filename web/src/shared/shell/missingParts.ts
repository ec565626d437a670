const key = 'televisit.part-missing';
/** A page that was loaded anew for this does not do it again so soon: then the crash page speaks. */
const againMs = 30_000;

/**
 * Loads the page anew when a part of it did not come: the network changed under it, or a newer
 * version was installed whose parts have other names (Vite's `vite:preloadError`).
 */
export function loadAnewWhenPartsAreMissing(
  page: EventTarget = window,
  reload: () => void = () => location.reload(),
): void {
  page.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key));
    if (Date.now() - last < againMs) return;
    sessionStorage.setItem(key, String(Date.now()));
    // Without this the crash page would flash before the page is gone.
    event.preventDefault();
    reload();
  });
}
