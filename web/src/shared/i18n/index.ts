export { createFormat, formatTimecode, useFormat, type Format } from './format';
export { chooseLanguage, i18n, suggestLanguage } from './i18n';
export { languageName } from './languageName';
export { languageNames, languages, storedLanguage, type Language } from './languages';
export { defineStrings, type Text, type Values } from './strings';
export { useLanguage } from './useLanguage';
export { useSentences } from './useSentences';
export { createZonedFormat, dayOf, instantOf, shiftDay, type ZonedFormat } from './zonedTime';
