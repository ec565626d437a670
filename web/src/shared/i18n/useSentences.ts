import { useLanguage } from './useLanguage';

/** Puts whole sentences one after the other: with a space between them, which Chinese has none of. */
export function useSentences(): (...sentences: readonly (string | false)[]) => string {
  const [language] = useLanguage();
  const between = language === 'zh-CN' ? '' : ' ';
  return (...sentences) => sentences.filter((one) => one !== false && one !== '').join(between);
}
