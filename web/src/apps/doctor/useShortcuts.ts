import { useEffect, useRef } from 'react';

/** What a key does, by KeyboardEvent.key in lower case. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/** Whether keys go into something that is being filled in. */
function isTyping(target: EventTarget | null): target is HTMLElement {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input, textarea, select, [role="textbox"], [contenteditable="true"]'))
  );
}

/** A dialog in front of the page has the keys for itself. */
const behindDialog = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

/**
 * Keys for the whole page. They rest while somebody writes, while a dialog is open, and with Ctrl, Alt
 * or Meta, which belong to the browser.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.isComposing || event.repeat || isTyping(event.target) || behindDialog()) return;
      const act = current.current[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Escape takes the hands off a text field, so that the keys work again. */
export function useEscapeLeavesFields(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (isTyping(event.target) && !behindDialog()) event.target.blur();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
