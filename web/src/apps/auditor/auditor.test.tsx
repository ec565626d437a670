import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi } from '../../shared/test/renderApp';
import AuditorRoutes from './index';

const consultation = {
  id: 'c-1',
  appointment_id: 'a-1',
  patient_name: 'Zhao Lin',
  practitioner_name: 'Li Wenbo',
  state: 'planned',
  scheduled_start: '2026-11-23T06:00:00Z',
  admitted_at: null,
  ended_at: null,
  entries: 0,
};

beforeEach(() => {
  chooseLanguage('en');
  stubApi({
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [
      200,
      {
        account: { id: '1', role: 'auditor', display_name: 'Sun Yue', locale: 'en', login: 'sun' },
        csrf_token: 't',
      },
    ],
    'GET /api/practitioners': [200, { practitioners: [] }],
    'GET /api/archive/consultations': [200, { consultations: [consultation], next_cursor: null }],
    'GET /api/archive/consultations/c-1': [200, { consultation, entries: [] }],
    'GET /api/archive/consultations/c-1/verification': [
      200,
      {
        verdict: 'intact',
        entries: 0,
        last_hash: null,
        findings: [],
        checked_at: '2026-11-23T06:00:00Z',
      },
    ],
    'GET /api/sessions': [200, { sessions: [] }],
  });
});

const open = (path: string) =>
  renderApp([{ path: '/auditor/*', element: <AuditorRoutes /> }], path);

it('leads from a list to a record and back to the same list', async () => {
  const { router } = open('/auditor?patient=Zhao');
  await userEvent.click(await screen.findByRole('link', { name: 'Zhao Lin' }));
  expect(await screen.findByText('Nothing is kept of this visit yet.')).toBeVisible();
  expect(router.state.location.pathname).toBe('/auditor/consultations/c-1');
  expect(document.title).toBe('Zhao Lin with Li Wenbo · Mingde');
  const back = screen
    .getAllByRole('link', { name: 'Consultations' })
    .find((link) => link.getAttribute('href') === '/auditor?patient=Zhao');
  expect(back).toBeVisible();
});

it('has the own sessions in the menu of the account', async () => {
  const { router } = open('/auditor');
  await userEvent.click(await screen.findByRole('button', { name: 'Account of Sun Yue' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'My open sessions' }));
  expect(router.state.location.pathname).toBe('/auditor/sessions');
  expect(await screen.findByRole('heading', { name: 'My open sessions' })).toBeVisible();
});
