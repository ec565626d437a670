/**
 * The design tokens: the only file in which a colour, a type size or a radius is written as a value.
 * Components use the CSS variables and the Mantine theme made from them.
 */

export interface Palette {
  ink: string;
  inkSecondary: string;
  hairline: string;
  /** The line round a control, dark enough to find an empty field (WCAG 1.4.11). */
  controlLine: string;
  canvas: string;
  surface: string;
  /** Hovered rows and quiet fills on a surface. */
  sunken: string;
  brand: string;
  brandHover: string;
  brandTint: string;
  onBrand: string;
  /** Marks only; text uses amberText. */
  amber: string;
  amberText: string;
  amberTint: string;
  good: string;
  goodTint: string;
  bad: string;
  badHover: string;
  badTint: string;
  onBad: string;
  /** The stage behind a video picture is dark in both schemes. */
  stage: string;
  onStage: string;
  shadow: string;
  scrim: string;
}

export const light: Palette = {
  ink: '#16242B',
  inkSecondary: '#52646E',
  hairline: '#DDE5E8',
  controlLine: '#7D8F98',
  canvas: '#F6F8F8',
  surface: '#FFFFFF',
  sunken: '#EEF2F3',
  brand: '#0B6B6B',
  brandHover: '#095757',
  brandTint: '#E3F1F0',
  onBrand: '#FFFFFF',
  amber: '#C77700',
  amberText: '#8A5300',
  amberTint: '#FFF3DF',
  good: '#1D7A46',
  goodTint: '#E4F3EA',
  bad: '#B3261E',
  badHover: '#931D16',
  badTint: '#FBE9E7',
  onBad: '#FFFFFF',
  stage: '#0B1215',
  onStage: '#E6EEF0',
  shadow: '0 8px 28px rgba(22, 36, 43, 0.12)',
  scrim: 'rgba(22, 36, 43, 0.45)',
};

export const dark: Palette = {
  ink: '#E6EEF0',
  inkSecondary: '#A3B4BC',
  hairline: '#2A393F',
  controlLine: '#6B7F88',
  canvas: '#0E1619',
  surface: '#162126',
  sunken: '#1C2A30',
  brand: '#4FB3AE',
  brandHover: '#6CC5C0',
  brandTint: '#12312F',
  onBrand: '#062221',
  amber: '#F0A63A',
  amberText: '#F3B75C',
  amberTint: '#33260F',
  good: '#5CC98B',
  goodTint: '#13301F',
  bad: '#F2948C',
  badHover: '#F6ABA5',
  badTint: '#3A1B19',
  onBad: '#3A0906',
  stage: '#0B1215',
  onStage: '#E6EEF0',
  shadow: '0 8px 28px rgba(0, 0, 0, 0.5)',
  scrim: 'rgba(0, 0, 0, 0.6)',
};

/** Every text colour with every background it is set on; the contrast test holds each to AA. */
export const textPairs: readonly (readonly [text: keyof Palette, background: keyof Palette])[] = [
  ['ink', 'canvas'],
  ['ink', 'surface'],
  ['ink', 'sunken'],
  ['ink', 'brandTint'],
  ['ink', 'amberTint'],
  ['ink', 'goodTint'],
  ['ink', 'badTint'],
  ['inkSecondary', 'canvas'],
  ['inkSecondary', 'surface'],
  ['inkSecondary', 'sunken'],
  ['inkSecondary', 'brandTint'],
  ['brand', 'canvas'],
  ['brand', 'surface'],
  ['brand', 'sunken'],
  ['brand', 'brandTint'],
  ['brandHover', 'surface'],
  ['onBrand', 'brand'],
  ['onBrand', 'brandHover'],
  ['amberText', 'canvas'],
  ['amberText', 'surface'],
  ['amberText', 'amberTint'],
  ['good', 'canvas'],
  ['good', 'surface'],
  ['good', 'goodTint'],
  ['bad', 'canvas'],
  ['bad', 'surface'],
  ['bad', 'badTint'],
  ['onBad', 'bad'],
  ['onBad', 'badHover'],
  ['onStage', 'stage'],
];

/** Marks, control lines and focus rings: 3:1 against what they stand on. */
export const markPairs: readonly (readonly [mark: keyof Palette, background: keyof Palette])[] = [
  ['controlLine', 'surface'],
  ['brand', 'canvas'],
  ['brand', 'surface'],
  ['amber', 'canvas'],
  ['amber', 'surface'],
  ['amber', 'amberTint'],
];

export const typeScalePx = [13, 15, 17, 21, 28, 36] as const;
export const spacePx = [4, 8, 12, 16, 24, 32, 48] as const;
export const radiusPx = { mark: 4, control: 10, card: 16, full: 999 } as const;
export const motionMs = { quick: 120, calm: 200 } as const;
export const weight = { regular: '400', strong: '600' } as const;

export const fontFamily = [
  'system-ui',
  '-apple-system',
  "'Segoe UI'",
  'Roboto',
  "'Helvetica Neue'",
  "'Noto Sans SC'",
  "'PingFang SC'",
  "'Microsoft YaHei'",
  "'Noto Sans CJK SC'",
  'sans-serif',
].join(', ');

export const fontFamilyMono = [
  'ui-monospace',
  "'SF Mono'",
  'Menlo',
  'Consolas',
  "'Liberation Mono'",
  'monospace',
].join(', ');
