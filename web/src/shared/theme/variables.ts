import type { CSSVariablesResolver } from '@mantine/core';
import {
  dark,
  fontFamilyMono,
  light,
  motionMs,
  radiusPx,
  spacePx,
  typeScalePx,
  type Palette,
} from './tokens';

const rem = (px: number) => `${px / 16}rem`;

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function paletteVariables(palette: Palette): Record<string, string> {
  const tokens = Object.fromEntries(
    Object.entries(palette).map(([name, value]) => [`--tv-${kebab(name)}`, String(value)]),
  );
  return {
    ...tokens,
    '--mantine-color-bright': 'var(--tv-ink)',
    '--mantine-color-text': 'var(--tv-ink)',
    '--mantine-color-body': 'var(--tv-canvas)',
    '--mantine-color-error': 'var(--tv-bad)',
    '--mantine-color-success': 'var(--tv-good)',
    '--mantine-color-placeholder': 'var(--tv-ink-secondary)',
    '--mantine-color-anchor': 'var(--tv-brand)',
    '--mantine-color-default': 'var(--tv-surface)',
    '--mantine-color-default-hover': 'var(--tv-sunken)',
    '--mantine-color-default-color': 'var(--tv-ink)',
    '--mantine-color-default-border': 'var(--tv-hairline)',
    '--mantine-color-dimmed': 'var(--tv-ink-secondary)',
    '--mantine-color-disabled': 'var(--tv-sunken)',
    '--mantine-color-disabled-color': 'var(--tv-ink-secondary)',
    '--mantine-color-disabled-border': 'var(--tv-hairline)',
    '--mantine-primary-color-contrast': 'var(--tv-on-brand)',
    ...colorVariables('brand', 'brand', 'brand-hover'),
    ...colorVariables('bad', 'bad', 'bad-hover'),
    ...colorVariables('good', 'good', 'good'),
    ...colorVariables('amber', 'amber-text', 'amber-text'),
  };
}

/** What Mantine's variants of one colour name resolve to, in tokens. */
function colorVariables(name: string, base: string, hover: string): Record<string, string> {
  const tint = `var(--tv-${name}-tint)`;
  return {
    [`--mantine-color-${name}-text`]: `var(--tv-${base})`,
    [`--mantine-color-${name}-filled`]: `var(--tv-${base})`,
    [`--mantine-color-${name}-filled-hover`]: `var(--tv-${hover})`,
    [`--mantine-color-${name}-light`]: tint,
    [`--mantine-color-${name}-light-hover`]: tint,
    [`--mantine-color-${name}-light-color`]: `var(--tv-${base})`,
    [`--mantine-color-${name}-outline`]: `var(--tv-${base})`,
    [`--mantine-color-${name}-outline-hover`]: tint,
  };
}

/** Publishes every token as `--tv-*` and points Mantine's own variables at them. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--tv-font-mono': fontFamilyMono,
    '--tv-radius-mark': rem(radiusPx.mark),
    '--tv-radius-control': rem(radiusPx.control),
    '--tv-radius-card': rem(radiusPx.card),
    '--tv-radius-full': `${radiusPx.full}px`,
    '--tv-motion-quick': `${motionMs.quick}ms ease-out`,
    '--tv-motion-calm': `${motionMs.calm}ms ease-out`,
    ...Object.fromEntries(typeScalePx.map((px) => [`--tv-type-${px}`, rem(px)])),
    ...Object.fromEntries(spacePx.map((px) => [`--tv-space-${px}`, rem(px)])),
  },
  light: paletteVariables(light),
  dark: paletteVariables(dark),
});
