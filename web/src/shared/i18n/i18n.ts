import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { detectLanguage, languages, storeLanguage, type Language } from './languages';

// Strings are bundled with the feature that uses them, so initialising is synchronous and nothing
// is fetched: the first paint is already in the right language.
export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: detectLanguage(),
  fallbackLng: false,
  supportedLngs: languages,
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
  returnNull: false,
  react: { useSuspense: false, bindI18nStore: 'added' },
});

function showLanguage(language: string): void {
  document.documentElement.lang = language;
}

showLanguage(i18n.language);
i18n.on('languageChanged', showLanguage);

/** Switches every string on the page at once and remembers the choice on this device. */
export function chooseLanguage(language: Language): void {
  storeLanguage(language);
  void i18n.changeLanguage(language);
}

/** Follows an account's language unless this device has a choice of its own. */
export function suggestLanguage(language: Language): void {
  void i18n.changeLanguage(language);
}
