import type { MantineColorsTuple } from '@mantine/core';

type Rgb = readonly [red: number, green: number, blue: number];

export function parseHex(hex: string): Rgb {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!digits) throw new Error(`Not a six-digit hex colour: ${hex}`);
  const [, red = '', green = '', blue = ''] = digits;
  return [parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)];
}

/** The colour `share` (0..1) of the way from one hex colour to another. */
export function mix(from: string, to: string, share: number): string {
  const [r1, g1, b1] = parseHex(from);
  const [r2, g2, b2] = parseHex(to);
  const channel = (a: number, b: number) =>
    Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(r1, r2)}${channel(g1, g2)}${channel(b1, b2)}`.toUpperCase();
}

/** Ten shades through three fixed points: the tint (0), the dark scheme's mark (4), the light scheme's (6). */
export function shades(tint: string, onDark: string, onLight: string, hover: string) {
  return [
    tint,
    mix(tint, onDark, 0.25),
    mix(tint, onDark, 0.5),
    mix(tint, onDark, 0.75),
    onDark,
    mix(onDark, onLight, 0.5),
    onLight,
    hover,
    mix(hover, '#000000', 0.2),
    mix(hover, '#000000', 0.4),
  ] as const satisfies MantineColorsTuple;
}

function luminance(hex: string): number {
  const [red, green, blue] = parseHex(hex).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of WCAG 2.2, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
