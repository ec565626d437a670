import { useTranslation } from 'react-i18next';
import { chooseLanguage, i18n } from './i18n';
import type { Language } from './languages';

/** The language on the page and how to change it. */
export function useLanguage(): [Language, (language: Language) => void] {
  const { i18n: current } = useTranslation(undefined, { i18n });
  return [current.language as Language, chooseLanguage];
}
