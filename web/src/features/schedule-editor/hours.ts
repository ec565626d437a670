/** Hours in the making: what is typed, and what is sent. */
import type { NewWeeklyHours, WeeklyHours } from './types';

/** The fields by the API's own names, so that the mistakes which it names find their place. */
export interface HoursDraft {
  weekday: string;
  begins: string;
  ends: string;
  slot_minutes: string;
  capacity: string;
  valid_from: string;
  valid_to: string;
}

export type HoursField = keyof HoursDraft;

export const newHours = (weekday: number, today: string): HoursDraft => ({
  weekday: String(weekday),
  begins: '09:00',
  ends: '12:00',
  slot_minutes: '20',
  capacity: '1',
  valid_from: today,
  valid_to: '',
});

export const draftOf = (hours: WeeklyHours): HoursDraft => ({
  weekday: String(hours.weekday),
  begins: hours.begins,
  // A field of time knows no 24:00: the end of the day is written as its beginning.
  ends: hours.ends === '24:00' ? '00:00' : hours.ends,
  slot_minutes: String(hours.slot_minutes),
  capacity: String(hours.capacity),
  valid_from: hours.valid_from,
  valid_to: hours.valid_to ?? '',
});

/** An end at midnight is the day's end. */
export const endOf = (time: string): string => (time === '00:00' ? '24:00' : time);

/** Which fields have to be filled in and are not. */
export function emptyFields<Field extends string>(
  draft: Record<Field, string>,
  optional: readonly NoInfer<Field>[] = [],
): Field[] {
  const fields = Object.keys(draft) as Field[];
  return fields.filter((field) => draft[field].trim() === '' && !optional.includes(field));
}

export const requestOf = (draft: HoursDraft): NewWeeklyHours => ({
  weekday: Number(draft.weekday),
  begins: draft.begins,
  ends: endOf(draft.ends),
  slot_minutes: Number(draft.slot_minutes),
  capacity: Number(draft.capacity),
  valid_from: draft.valid_from,
  valid_to: draft.valid_to || null,
  // The hospital's own.
  time_zone: null,
});
