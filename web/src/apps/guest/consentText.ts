import { useGuestText } from './strings';

/** Grows with every change of the words below, in any language: a test holds it to them. */
export const guestConsentVersion = '2026-11.guest.2';

export const guestConsentPoints = ['path', 'see', 'record'] as const;

/** What joining means: the words as they are shown, and the same as one text, a line for each point. */
export function useGuestConsent() {
  const text = useGuestText();
  const title = text('consent.title');
  const points = guestConsentPoints.map((key) => ({ key, words: text(`consent.${key}`) }));
  return { title, points, whole: [title, ...points.map(({ words }) => words)].join('\n') };
}
