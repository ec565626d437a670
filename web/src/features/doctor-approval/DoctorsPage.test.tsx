import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { DoctorsPage } from './DoctorsPage';

const doctor = (id: string, name: string) => ({
  practitioner_id: id,
  name,
  state: 'submitted',
  title: '医师',
  specialty: null,
  missing: {},
});

it('shows a page of doctors, and the next one when it is asked for', async () => {
  chooseLanguage('en');
  const answers: Answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/specialties': [200, { specialties: [], languages: [] }],
    'GET /api/doctor-profiles': [200, { profiles: [doctor('p1', '何新')], next_cursor: 'abc' }],
  };
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <DoctorsPage to={(id) => `/doctors/${id}`} /> }], '/');
  expect(await screen.findByText('何新')).toBeVisible();
  const more = screen.getByRole('button', { name: 'Show more doctors' });
  answers['GET /api/doctor-profiles'] = [
    200,
    { profiles: [doctor('p2', '王建国')], next_cursor: null },
  ];
  await userEvent.click(more);
  expect(await screen.findByText('王建国')).toBeVisible();
  expect(screen.getByText('何新')).toBeVisible();
  expect(more).not.toBeInTheDocument();
  expect(fetchMock.mock.calls.map(([address]) => address)).toContain(
    '/api/doctor-profiles?cursor=abc',
  );
});
