import { useReadyText } from './strings';

/** Grows with every change of the words below, in any language: a test holds it to them. */
export const consentVersion = '2026-11.4';

export const consentPoints = ['limits', 'path', 'record'] as const;

/** What entering means: the words as they are shown, and the same as one text, a line for each point. */
export function useConsentText(emergencyNumber: string) {
  const text = useReadyText();
  const title = text('consent.title');
  const points = consentPoints.map((key) => ({
    key,
    words: text(`consent.${key}`, { number: emergencyNumber }),
  }));
  const whole = [title, ...points.map(({ words }) => words)].join('\n');
  return { title, points, whole };
}
