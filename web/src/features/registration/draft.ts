/** What somebody who registers fills in, and what is wrong with it as far as a page can see. */

/** By the API's own names, so that the mistakes which it names find their place. */
export interface Draft {
  display_name: string;
  birth_date: string;
  password: string;
  locale: string;
}

export type Field = keyof Draft | 'notice_digest';

export const emptyDraft: Omit<Draft, 'locale'> = { display_name: '', birth_date: '', password: '' };

/** From top to bottom, as they stand on the page. */
export const fieldsInOrder: readonly Field[] = [
  'display_name',
  'birth_date',
  'password',
  'locale',
  'notice_digest',
];

const shortestPassword = 10;
/** As the server counts. */
const oldestYears = 130;

export type Mistake =
  | 'about.missingName'
  | 'about.missingBirthDate'
  | 'about.futureBirthDate'
  | 'about.earlyBirthDate'
  | 'about.missingPassword'
  | 'about.shortPassword'
  | 'about.notAgreed';

/** Every mistake that can be seen without asking the server; it decides in the end. */
export function mistakesOf(
  draft: Draft,
  today: string,
  agreed: boolean,
): Partial<Record<Field, Mistake>> {
  const mistakes: Partial<Record<Field, Mistake>> = {};
  if (draft.display_name.trim() === '') mistakes.display_name = 'about.missingName';
  if (draft.birth_date === '') mistakes.birth_date = 'about.missingBirthDate';
  else if (draft.birth_date > today) mistakes.birth_date = 'about.futureBirthDate';
  else if (Number(today.slice(0, 4)) - Number(draft.birth_date.slice(0, 4)) > oldestYears)
    mistakes.birth_date = 'about.earlyBirthDate';
  if (draft.password === '') mistakes.password = 'about.missingPassword';
  else if (Array.from(draft.password).length < shortestPassword)
    mistakes.password = 'about.shortPassword';
  if (!agreed) mistakes.notice_digest = 'about.notAgreed';
  return mistakes;
}
