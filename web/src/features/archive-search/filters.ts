/** What is looked for, kept in the address so that going back finds it again. */
import { shiftDay } from '../../shared/i18n';

export interface Filters {
  /** A part of the patient's name. */
  patient: string;
  /** A doctor's id, or empty for every doctor. */
  practitioner: string;
  /** Calendar days in the hospital's zone, both counted; empty where the range is open. */
  from: string;
  to: string;
}

const daysByDefault = 30;

export function defaultFilters(today: string): Filters {
  return { patient: '', practitioner: '', from: shiftDay(today, 1 - daysByDefault), to: today };
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

export function readFilters(parameters: URLSearchParams, today: string): Filters {
  const usual = defaultFilters(today);
  const day = (name: 'from' | 'to') => {
    const given = parameters.get(name);
    return given === '' || (given !== null && isDay(given)) ? given : usual[name];
  };
  return {
    patient: parameters.get('patient')?.trim() ?? '',
    practitioner: parameters.get('practitioner') ?? '',
    from: day('from'),
    to: day('to'),
  };
}

/** The address of filters; what is as usual is left out, so that "the last 30 days" moves with time. */
export function writeFilters(filters: Filters, today: string): URLSearchParams {
  const usual = defaultFilters(today);
  const parameters = new URLSearchParams();
  for (const name of ['patient', 'practitioner', 'from', 'to'] as const) {
    const value = filters[name].trim();
    if (value !== usual[name]) parameters.set(name, value);
  }
  return parameters;
}

export function isUsual(filters: Filters, today: string): boolean {
  return writeFilters(filters, today).size === 0;
}

/** Whether the range ends before it begins. */
export function isReversed({ from, to }: Filters): boolean {
  return from !== '' && to !== '' && to < from;
}

/** The filters as the API asks for them. */
export function queryOf({ patient, practitioner, from, to }: Filters) {
  return {
    patient: patient || undefined,
    practitioner_id: practitioner || undefined,
    from: from || undefined,
    to: to || undefined,
  };
}
