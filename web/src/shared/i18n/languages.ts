export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

/** A language is named in itself, so that who cannot read the page still finds theirs. */
export const languageNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' };

const storageKey = 'televisit.language';

function match(tag: string | null | undefined): Language | undefined {
  const primary = tag?.toLowerCase().split('-')[0];
  if (primary === 'zh') return 'zh-CN';
  if (primary === 'en') return 'en';
  return undefined;
}

/** What the person chose on this device, if they did. */
export function storedLanguage(): Language | undefined {
  try {
    return match(window.localStorage.getItem(storageKey));
  } catch {
    return undefined;
  }
}

export function storeLanguage(language: Language): void {
  try {
    window.localStorage.setItem(storageKey, language);
  } catch {
    // A browser that refuses storage still shows the chosen language until it is closed.
  }
}

/** The stored choice first, then the browser's languages in order, then Chinese. */
export function detectLanguage(): Language {
  const stored = storedLanguage();
  if (stored) return stored;
  for (const tag of window.navigator.languages) {
    const found = match(tag);
    if (found) return found;
  }
  return 'zh-CN';
}
