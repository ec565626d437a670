import { useMemo } from 'react';
import type { components } from '../../protocol/api';
import { languageName, useFormat, useLanguage } from '../../shared/i18n';
import { useHospital } from '../../shared/session';

export type Slot = components['schemas']['SlotView'];
type Specialty = components['schemas']['SpecialtyView'];

/** How doctors are spoken of: specialties, languages, fees and times, in the page's language. */
export function useDoctorWords() {
  const [language] = useLanguage();
  const format = useFormat(useHospital()?.time_zone);
  return useMemo(() => {
    const list = new Intl.ListFormat(language, { type: 'conjunction' });
    const nameOf = (code: string) => languageName(code, language);
    return {
      specialty: ({ code, words }: Specialty) => words[language] ?? code,
      language: nameOf,
      languages: (codes: readonly string[]) => list.format(codes.map(nameOf)),
      money: format.money,
      when: ({ starts_at: begins }: Slot) => `${format.day(begins)} ${format.time(begins)}`,
    };
  }, [language, format]);
}
