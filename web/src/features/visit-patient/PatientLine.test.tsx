import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi } from '../../shared/test/renderApp';
import { EarlierVisits, EvidenceBand, PatientLine, type VisitPatient } from '.';

beforeEach(() => chooseLanguage('en'));

const patient: VisitPatient = {
  patient_id: 'p-1',
  name: '李晓兰',
  birth_date: '1968-03-02',
  gender: 'female',
  verified: true,
  earlier: [
    {
      consultation_id: 'c-0',
      starts_at: '2026-10-01T02:00:00Z',
      practitioner_name: '张文华',
      practitioner_title: '主任医师',
      specialty: '心血管内科',
    },
  ],
  diagnosis: { basis: 'earlier_visit', documents: 0, earlier_visits: 1, complete: true },
};

function show(change: Partial<VisitPatient> = {}) {
  stubApi({
    'GET /api/specialties': [200, { specialties: [] }],
    'GET /api/session': [401, { code: 'auth.required' }],
  });
  const one = { ...patient, ...change };
  const page = (
    <>
      <PatientLine patient={one} hospitalZone="Asia/Shanghai" aheadMs={0} />
      <EvidenceBand patient={one} />
      <EarlierVisits patient={one} hospitalZone="Asia/Shanghai" />
    </>
  );
  renderApp([{ path: '*', element: page }], '/');
}

it('says who the patient is and what was shown, at one glance', async () => {
  show();
  const line = await screen.findByRole('group', { name: 'The patient' });
  expect(line).toHaveTextContent(/years.*Female.*Born Mar 2, 1968.*Name verified/);
  expect(screen.getByTestId('evidence-band')).toHaveTextContent(
    /seen at this hospital before, 1 visit/,
  );
  expect(screen.getByRole('listitem')).toHaveTextContent(/Oct 1, 2026.*张文华/);
});

it('says what is not known, and that announced documents are not there', async () => {
  show({
    gender: null,
    verified: false,
    earlier: [],
    diagnosis: { basis: 'documents', documents: 0, earlier_visits: 0, complete: false },
  });
  const line = await screen.findByRole('group', { name: 'The patient' });
  expect(line).toHaveTextContent(/Sex not stated.*Name not verified/);
  expect(screen.getByTestId('evidence-band')).toHaveTextContent(/announced, none added yet/);
  expect(screen.getByText(/not seen at this hospital before/)).toBeVisible();
});
