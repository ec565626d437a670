import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../http';
import { useLanguage } from '../i18n';
import { titleIn } from './titles';

type Specialties = components['schemas']['Specialties'];

/** What the hospital's specialties are called. They change with a release alone. */
export function useSpecialties(enabled = true) {
  return useQuery({
    queryKey: ['specialties'],
    queryFn: ({ signal }) => http.get<Specialties>('/api/specialties', { signal }),
    staleTime: Infinity,
    enabled,
  });
}

/**
 * Says who a doctor is, "Chief physician · Cardiology", in the page's language. Visits carry both as the
 * hospital wrote them; what has no other words is said as it is.
 */
export function useStanding() {
  const [language] = useLanguage();
  const written = language === 'zh-CN';
  const { data } = useSpecialties(!written);
  return (title: string, specialty?: string): string => {
    const known = data?.specialties.find(({ words }) =>
      Object.values(words).includes(specialty ?? ''),
    );
    const named = written ? specialty : (known?.words[language] ?? specialty);
    return [titleIn(title, language), named].filter(Boolean).join(' · ');
  };
}
