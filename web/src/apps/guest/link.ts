/**
 * The link's token: it stands behind the #, which browsers send to no server and to no other site, and is
 * taken out of the address as soon as it was read. Until it is used it outlives a reload of this tab.
 */
const keptAs = 'televisit.guest-link';
const shape = /^#([A-Za-z0-9_-]{43})$/;

/** Whether the address holds what was meant as a link's token, rather than a place on this page. */
export function tokenArrives(): boolean {
  const { hash } = window.location;
  return hash.length > 1 && document.getElementById(hash.slice(1)) === null;
}

/** The token of the newest link: one in the address replaces an earlier one, also when it is none. */
export function takeToken(): string | null {
  if (tokenArrives()) {
    const found = shape.exec(window.location.hash)?.[1];
    if (found === undefined) forgetToken();
    else window.sessionStorage.setItem(keptAs, found);
    window.history.replaceState(window.history.state, '', window.location.pathname);
  }
  return window.sessionStorage.getItem(keptAs);
}

export function forgetToken(): void {
  window.sessionStorage.removeItem(keptAs);
}
