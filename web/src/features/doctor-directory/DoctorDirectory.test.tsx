import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { DoctorDirectory } from './DoctorDirectory';
import { DoctorPage } from './DoctorPage';

const slot = { starts_at: '2026-11-24T01:00:00Z', ends_at: '2026-11-24T01:20:00Z', free: 1 };
const doctor = (id: string, changed = {}) => ({
  id,
  name: `Dr ${id}`,
  title: '主任医师',
  specialty: { code: 'cardiology', words: { 'zh-CN': '心血管内科', en: 'Cardiology' } },
  fee_minor: 8000,
  currency: 'CNY',
  languages: ['zh', 'en'],
  years: 27,
  next_free: slot,
  ...changed,
});

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'GET /api/specialties': [
      200,
      {
        specialties: [{ code: 'cardiology', words: { 'zh-CN': '心血管内科', en: 'Cardiology' } }],
        languages: ['zh', 'en'],
      },
    ],
    'GET /api/doctors': [
      200,
      { doctors: [doctor('zhang'), doctor('chen', { next_free: null })], next_cursor: null },
    ],
  };
});

function open(path = '/doctors') {
  const fetchMock = stubApi(answers);
  renderApp(
    [
      { path: '/doctors', element: <DoctorDirectory to={(id) => `/doctors/${id}`} /> },
      {
        path: '/doctors/zhang',
        element: <DoctorPage doctorId="zhang" back="/doctors" times={<p>the times</p>} />,
      },
    ],
    path,
  );
  return { asked: () => fetchMock.mock.calls.map(([address]) => address as string) };
}

it('lists doctors with what they cost and when they are free', async () => {
  open();
  const list = await screen.findByRole('list', { name: 'Doctors' });
  expect(screen.getByText(/^By name, each with the first free time/)).toBeVisible();
  const [first, second] = within(list).getAllByRole('link');
  expect(first).toHaveAttribute('href', '/doctors/zhang');
  expect(first).toHaveTextContent('Chief physician · Cardiology');
  expect(first).toHaveTextContent('27 years of practice · CN¥80.00');
  expect(first).toHaveTextContent(/Next free: .*Nov 2[34]/);
  expect(second).toHaveTextContent('No free time in the next 90 days');
});

it('asks for what is chosen, and says when nobody fits', async () => {
  const { asked } = open();
  await screen.findByRole('list', { name: 'Doctors' });
  answers['GET /api/doctors'] = [200, { doctors: [], next_cursor: null }];
  await userEvent.selectOptions(await screen.findByLabelText('Specialty'), 'cardiology');
  expect(await screen.findByText('No doctor fits.')).toBeVisible();
  expect(asked()).toContain('/api/doctors?specialty=cardiology');
  await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
  expect(screen.getByLabelText('Specialty')).toHaveValue('');
});

it('keeps the search in the address, on to a doctor and back', async () => {
  answers['GET /api/doctors/zhang'] = [200, { ...doctor('zhang'), next_free: [slot] }];
  open('/doctors?specialty=cardiology&day=2099-11-27');
  const list = await screen.findByRole('list', { name: 'Doctors' });
  expect(await screen.findByLabelText('Specialty')).toHaveValue('cardiology');
  const [first] = within(list).getAllByRole('link');
  const search = '?specialty=cardiology&day=2099-11-27';
  expect(first).toHaveAttribute('href', `/doctors/zhang${search}`);
  await userEvent.click(first as HTMLElement);
  expect(await screen.findByRole('link', { name: 'All doctors' })).toHaveAttribute(
    'href',
    `/doctors${search}`,
  );
});

it('asks for no day that is past, and says so', async () => {
  const { asked } = open('/doctors?day=2020-01-01');
  expect(await screen.findByText('Choose today or a day ahead.')).toBeVisible();
  expect(asked()).toContain('/api/doctors');
  expect(asked().filter((one) => one.includes('2020'))).toEqual([]);
});

it('goes on where the page before ended', async () => {
  answers['GET /api/doctors'] = [200, { doctors: [doctor('zhang')], next_cursor: 'abc' }];
  const { asked } = open();
  const more = await screen.findByRole('button', { name: 'Show more doctors' });
  answers['GET /api/doctors'] = [200, { doctors: [doctor('chen')], next_cursor: null }];
  await userEvent.click(more);
  expect(await screen.findByText('Dr chen')).toBeVisible();
  expect(screen.getByText('Dr zhang')).toBeVisible();
  expect(asked()).toContain('/api/doctors?cursor=abc');
});

it('says that nothing changed when the doctors cannot be read', async () => {
  answers['GET /api/doctors'] = [500, { code: 'internal' }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('Your visits are as they were.');
});

it('shows who a doctor is, what a visit costs, and the times', async () => {
  answers['GET /api/doctors/zhang'] = [
    200,
    { ...doctor('zhang'), next_free: [slot], biography_zh: '擅长高血压。', biography_en: null },
  ];
  open('/doctors/zhang');
  expect(await screen.findByRole('heading', { name: 'Dr zhang' })).toBeVisible();
  expect(screen.getByText('擅长高血压。')).toBeVisible();
  expect(screen.getByText('the times')).toBeVisible();
  expect(screen.getByText(/CN¥80.00/)).toBeVisible();
});
