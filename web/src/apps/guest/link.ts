/**
 * The link's token: it stands behind the #, which browsers send to no server and to no other site, and is
 * taken out of the address as soon as it was read. Until it is used it outlives a reload of this tab.
 */
const keptAs = 'televisit.guest-link';
const shape = /^#([A-Za-z0-9_-]{43})$/;

export function takeToken(): string | null {
  const found = shape.exec(window.location.hash)?.[1];
  if (found !== undefined) {
    window.sessionStorage.setItem(keptAs, found);
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }
  return window.sessionStorage.getItem(keptAs);
}

export function forgetToken(): void {
  window.sessionStorage.removeItem(keptAs);
}
