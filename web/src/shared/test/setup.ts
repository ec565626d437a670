import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});

// A role's app is fetched when it is first shown, which a busy machine does not do within a second.
configure({ asyncUtilTimeout: 10_000 });

// jsdom has no layout, so it lacks what components ask of one.
Object.defineProperty(window, 'matchMedia', {
  configurable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
    addListener: vi.fn(),
    removeListener: vi.fn(),
    onchange: null,
    dispatchEvent: () => false,
  }),
});
window.ResizeObserver = class {
  observe(): void {
    return;
  }
  unobserve(): void {
    return;
  }
  disconnect(): void {
    return;
  }
};
Element.prototype.scrollIntoView = vi.fn();
// A text field that grows waits for the fonts.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
