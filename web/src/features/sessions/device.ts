/** A browser and its system, as far as what it says of itself tells; for people, not for decisions. */
export interface Device {
  browser: string | undefined;
  system: string | undefined;
  mobile: boolean;
}

// In this order: most browsers also claim to be those further down.
const browsers: readonly (readonly [name: string, sign: RegExp])[] = [
  ['WeChat', /MicroMessenger\//],
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS|Chromium)\//],
  ['Safari', /Safari\//],
];

const systems: readonly (readonly [name: string, sign: RegExp])[] = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

export function deviceOf(userAgent: string): Device {
  const first = (signs: typeof browsers) => signs.find(([, sign]) => sign.test(userAgent))?.[0];
  return {
    browser: first(browsers),
    system: first(systems),
    mobile: /Mobi|Android|iPhone|iPad/.test(userAgent),
  };
}
