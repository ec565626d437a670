import { expect, it } from 'vitest';
import { defaultFilters, isReversed, isUsual, queryOf, readFilters, writeFilters } from './filters';

const today = '2026-11-23';
const read = (search: string) => readFilters(new URLSearchParams(search), today);

it('looks at the last thirty days, today counted', () => {
  expect(read('')).toEqual({ patient: '', practitioner: '', from: '2026-10-25', to: today });
  expect(isUsual(read(''), today)).toBe(true);
});

it.each([
  'patient=Zhao&practitioner=p-1&from=2026-01-01&to=2026-02-01',
  'patient=%E8%B5%B5',
  'from=&to=',
  '',
])('finds the same filters again in %j', (search) => {
  const parameters = writeFilters(read(search), today);
  expect(readFilters(parameters, today)).toEqual(read(search));
  expect(decodeURIComponent(parameters.toString())).toBe(decodeURIComponent(search));
});

it.each(['from=yesterday', 'from=2026-13-40', 'to=1'])('takes %j for the usual', (search) => {
  expect(read(search)).toEqual(defaultFilters(today));
});

it('leaves open what is empty when it asks', () => {
  expect(queryOf(read('from=&to='))).toEqual({
    patient: undefined,
    practitioner_id: undefined,
    from: undefined,
    to: undefined,
  });
});

it('notices a range that ends before it begins', () => {
  expect(isReversed(read('from=2026-11-20&to=2026-11-19'))).toBe(true);
  expect(isReversed(read('from=2026-11-20&to=2026-11-20'))).toBe(false);
  expect(isReversed(read('from=&to=2026-11-20'))).toBe(false);
});
