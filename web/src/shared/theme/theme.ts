import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Checkbox,
  createTheme,
  defaultVariantColorsResolver,
  Menu,
  Modal,
  NativeSelect,
  Paper,
  PasswordInput,
  Select,
  Textarea,
  TextInput,
  type VariantColorsResolver,
} from '@mantine/core';
import { mix, shades } from './shades';
import { dark, fontFamily, fontFamilyMono, light, weight } from './tokens';

const rem = (px: number) => `${px / 16}rem`;

const onFilled: Record<string, string> = {
  brand: 'var(--tv-on-brand)',
  bad: 'var(--tv-on-bad)',
};

/** In the dark scheme fills are light, so what stands on a fill is a token, not white. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return resolved;
  return { ...resolved, color: onFilled[input.color ?? 'brand'] ?? 'var(--tv-surface)' };
};

/** Controls take their height from the surface: 48 px for patients, 36 px in consoles. */
const controlHeight = () => ({
  root: { '--button-height': 'var(--tv-control)', '--button-fz': 'var(--tv-base)' },
});
const inputHeight = () => ({
  wrapper: { '--input-height': 'var(--tv-control)', '--input-fz': 'var(--tv-base)' },
});

export const theme = createTheme({
  colors: {
    brand: shades(light.brandTint, dark.brand, light.brand, light.brandHover),
    amber: shades(light.amberTint, dark.amber, light.amber, light.amberText),
    good: shades(light.goodTint, dark.good, light.good, mix(light.good, light.ink, 0.3)),
    bad: shades(light.badTint, dark.bad, light.bad, light.badHover),
    gray: shades(
      light.sunken,
      dark.inkSecondary,
      light.inkSecondary,
      mix(light.inkSecondary, light.ink, 0.5),
    ),
    dark: [
      dark.ink,
      mix(dark.ink, dark.inkSecondary, 0.5),
      dark.inkSecondary,
      dark.controlLine,
      dark.hairline,
      dark.sunken,
      dark.surface,
      dark.canvas,
      mix(dark.canvas, dark.stage, 0.5),
      dark.stage,
    ],
  },
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 4 },
  variantColorResolver,
  white: light.surface,
  black: light.ink,
  fontFamily,
  fontFamilyMonospace: fontFamilyMono,
  fontSizes: { xs: rem(13), sm: rem(15), md: rem(17), lg: rem(21), xl: rem(28) },
  fontWeights: { regular: weight.regular, medium: weight.strong, bold: weight.strong },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.4', xl: '1.3' },
  headings: {
    fontFamily,
    fontWeight: weight.strong,
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(28), lineHeight: '1.3' },
      h2: { fontSize: rem(21), lineHeight: '1.4' },
      h3: { fontSize: rem(17), lineHeight: '1.5' },
      h4: { fontSize: rem(15), lineHeight: '1.5' },
      h5: { fontSize: rem(15), lineHeight: '1.5' },
      h6: { fontSize: rem(13), lineHeight: '1.5' },
    },
  },
  spacing: {
    xxs: rem(4),
    xs: rem(8),
    sm: rem(12),
    md: rem(16),
    lg: rem(24),
    xl: rem(32),
    xxl: rem(48),
  },
  radius: { xs: rem(10), sm: rem(10), md: rem(10), lg: rem(16), xl: rem(16), full: '999px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'var(--tv-shadow)',
    sm: 'var(--tv-shadow)',
    md: 'var(--tv-shadow)',
    lg: 'var(--tv-shadow)',
    xl: 'var(--tv-shadow)',
  },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ vars: controlHeight }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray' },
      vars: () => ({ root: { '--ai-size': 'var(--tv-control)' } }),
    }),
    TextInput: TextInput.extend({ vars: inputHeight }),
    PasswordInput: PasswordInput.extend({ vars: () => ({ root: {}, ...inputHeight() }) }),
    Select: Select.extend({ vars: inputHeight }),
    NativeSelect: NativeSelect.extend({ vars: inputHeight }),
    Textarea: Textarea.extend({
      vars: () => ({ wrapper: { '--input-fz': 'var(--tv-base)' } }),
    }),
    Badge: Badge.extend({ defaultProps: { radius: 'full', tt: 'none' } }),
    Card: Card.extend({ defaultProps: { radius: 'lg', withBorder: true, padding: 'lg' } }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
    // A small square must not look like a round one of many.
    Checkbox: Checkbox.extend({ defaultProps: { radius: 'var(--tv-radius-mark)' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } }),
    Modal: Modal.extend({
      defaultProps: { radius: 'lg', centered: true, transitionProps: { duration: 160 } },
      styles: {
        title: {
          fontSize: 'var(--mantine-h2-font-size)',
          fontWeight: weight.strong,
          lineHeight: 1.4,
        },
      },
    }),
  },
});
