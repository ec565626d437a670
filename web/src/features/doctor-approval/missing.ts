import { useLanguage } from '../../shared/i18n';
import { asked, type Profile } from './profile';
import { useDoctorApprovalText } from './strings';

/** What approval still asks for, as words in a list; empty when nothing is missing. */
export function useMissing(): (profile: Profile, except?: (typeof asked)[number]) => string {
  const text = useDoctorApprovalText();
  const [language] = useLanguage();
  return (profile, except) => {
    const things = asked.filter((field) => field !== except && field in profile.missing);
    const list = new Intl.ListFormat(language, { type: 'conjunction' });
    return list.format(things.map((field) => text(`short.${field}`)));
  };
}
