import { describe, expect, it } from 'vitest';
import { contrast } from './shades';
import { theme } from './theme';
import { dark, light, markPairs, spacePx, textPairs } from './tokens';

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('the %s palette', (_name, palette) => {
  it.each(textPairs)('sets %s on %s readably', (text, background) => {
    expect(contrast(palette[text], palette[background])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(markPairs)('shows the mark %s on %s', (mark, background) => {
    expect(contrast(palette[mark], palette[background])).toBeGreaterThanOrEqual(3);
  });
});

it('knows the contrast of black on white', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21);
});

it('fills with the brand and hovers a step darker', () => {
  expect(theme.colors?.brand?.[6]).toBe('#0B6B6B');
  expect(theme.colors?.brand?.[7]).toBe('#095757');
});

it('keeps to the four-pixel grid', () => {
  expect(spacePx.filter((px) => px % 4 !== 0)).toEqual([]);
});
