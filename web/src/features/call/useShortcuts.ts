import { useEffect, useEffectEvent } from 'react';

/** Where letters are written or chosen, keys are not for the call. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const places = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';
  return target.closest(places) !== null;
}

/** Calls back when a single letter is pressed outside fields and dialogs. */
export function useShortcuts(active: boolean, keys: Record<string, () => void>): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    if (!active) return undefined;
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [active]);
}
