/**
 * That this tab is in a call, so that a reload goes back into it without a question. In the tab's own
 * storage: another tab, or the same one tomorrow, is asked.
 */
const key = 'televisit.in-call';

export function rememberCall(consultationId: string): void {
  try {
    window.sessionStorage.setItem(key, consultationId);
  } catch {
    // A browser that refuses storage asks after a reload.
  }
}

export function forgetCall(): void {
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // Nothing could be stored, so nothing is left.
  }
}

export function wasInCall(consultationId: string): boolean {
  try {
    return window.sessionStorage.getItem(key) === consultationId;
  } catch {
    return false;
  }
}
