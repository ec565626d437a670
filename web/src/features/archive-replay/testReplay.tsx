/** The page of one record, opened on what a test has the API answer, and its parts. */
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { ReplayPage } from './ReplayPage';
import { answer, intact, proof, visitId } from './testRecord';

export const path = `GET /api/archive/consultations/${visitId}`;

/** What the API says in the test that runs; begun anew for each. */
export const api: { answers: Answers } = { answers: {} };

/** To be called once by each file of tests. */
export function setTheStage(): void {
  beforeEach(() => {
    chooseLanguage('en');
    localStorage.clear();
    api.answers = {
      'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
      [path]: [200, answer],
      [`${path}/proof`]: [200, proof],
      [`${path}/verification`]: [200, intact],
    };
  });
  afterEach(() => vi.useRealTimers());
}

export function open(mark = '') {
  const fetchMock = stubApi(api.answers);
  renderApp(
    [{ path: '/consultations/:id', element: <ReplayPage backTo="/back" /> }],
    `/consultations/${visitId}${mark}`,
  );
  return fetchMock;
}

export const verdict = () => screen.getByRole('region', { name: 'Verdict' });
export const reached = async (word: string | RegExp) => {
  await screen.findByText(word);
  return verdict();
};
// By their tag: asking for roles in a long list is slow without a layout.
export const rows = async () => {
  const transcript = await screen.findByRole('region', { name: 'What was said and done' });
  return [...transcript.querySelectorAll('li')];
};
export const visibleRows = async () =>
  (await rows()).filter((row) => row.dataset.hidden !== 'true');
export const slider = () => screen.findByRole('slider', { name: 'Play head' });
export const entryPane = () => screen.getByRole('region', { name: 'The entry' });
export const press = (name: string | RegExp) =>
  userEvent.click(screen.getByRole('button', { name }));
