import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { i18n } from './i18n';
import type { Language } from './languages';

/** The plural forms of a string are one key: `minutes_one` and `minutes_other` are read as `minutes`. */
type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'one' | 'other'}`
  ? Base
  : Key;

/** The dotted paths of a resource that lead to a string. */
export type KeyOf<Resource> = {
  [Key in keyof Resource & string]: Resource[Key] extends string
    ? WithoutPlural<Key>
    : `${Key}.${KeyOf<Resource[Key]>}`;
}[keyof Resource & string];

export type Values = Record<string, string | number>;
export type Text<Key extends string> = (key: Key, values?: Values) => string;

/** Both languages or it does not compile: the keys of one must be the keys of the other. */
type SameKeys<One, Other> = [KeyOf<One>] extends [KeyOf<Other>]
  ? [KeyOf<Other>] extends [KeyOf<One>]
    ? Other
    : never
  : never;

/**
 * Registers a namespace's strings and returns how to read them.
 *
 * `useText` re-renders when the language changes; `text` is for code outside components and reads
 * the language of the moment.
 */
export function defineStrings<const English, const Chinese>(
  namespace: string,
  resources: { en: English; 'zh-CN': Chinese & SameKeys<English, Chinese> },
) {
  for (const language of ['en', 'zh-CN'] satisfies Language[]) {
    i18n.addResourceBundle(language, namespace, resources[language], true, true);
  }
  type Key = KeyOf<English>;

  const text: Text<Key> = (key, values = {}) => i18n.t(key, { ns: namespace, ...values });

  function useText(): Text<Key> {
    const { t } = useTranslation(namespace, { i18n });
    return useCallback((key, values = {}) => t(key, values), [t]);
  }

  const has = (key: string): key is Key => i18n.exists(key, { ns: namespace });

  return { useText, text, has };
}
