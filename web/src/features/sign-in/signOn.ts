/** What the way to the provider and the way back have in common. */
export const signOnAddress = '/api/session/single-sign-on';

const nextKey = 'televisit.signOn.next';

/** Keeps which page was asked for, in this tab alone, until the browser comes back. */
export function keepNext(next: string | null): void {
  if (next === null) window.sessionStorage.removeItem(nextKey);
  else window.sessionStorage.setItem(nextKey, next);
}

export const keptNext = (): string | null => window.sessionStorage.getItem(nextKey);
