import type { Language } from './languages';

/** Languages that not every browser has words for. */
const others: Record<string, Record<Language, string>> = {
  bo: { en: 'Tibetan', 'zh-CN': '藏语' },
};

/** What a language (a BCP 47 tag) is called in the page's language. */
export function languageName(tag: string, language: Language): string {
  const names = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
  return names.of(tag) ?? others[tag]?.[language] ?? tag;
}
