import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { NoticeChoice } from './NoticeChoice';
import { zoneName, zonesOf } from './zones';

const usual = { way: null, locale: null, time_zone: null, reminders: true };
const known = {
  wanted: usual,
  account_locale: 'en',
  hospital_time_zone: 'Asia/Shanghai',
  email: 'li@example.org',
  phone: '+8613800138000',
  channels: ['email'],
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = { 'GET /api/notice-preferences': [200, known] };
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <NoticeChoice /> }], '/');
  return fetchMock;
}

it('keeps what the patient chose and says so', async () => {
  const wanted = { ...usual, way: 'both', locale: 'zh-CN', reminders: false };
  answers['POST /api/notice-preferences'] = [200, { ...known, wanted }];
  const fetchMock = open();
  await userEvent.click(await screen.findByRole('radio', { name: 'Both' }));
  await userEvent.click(screen.getByRole('switch', { name: /^Remind me before a visit/ }));
  await userEvent.selectOptions(screen.getByLabelText('Language of notices'), 'zh-CN');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/^Saved/)).toBeVisible();
  const sent = fetchMock.mock.calls.find(([, init]) => init?.method === 'POST');
  expect(JSON.parse(sent?.[1]?.body as string)).toEqual(wanted);
});

it('offers no way that leads nowhere', async () => {
  answers['GET /api/notice-preferences'] = [200, { ...known, phone: null }];
  open();
  expect(await screen.findByText('We have no mobile number of yours.')).toBeVisible();
  expect(screen.getByText('By e-mail, to li@example.org.')).toBeVisible();
  expect(screen.queryByRole('radio')).toBeNull();
});

it('says when no notice can come at all', async () => {
  answers['GET /api/notice-preferences'] = [200, { ...known, email: null, phone: null }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('no notice can reach you');
});

it('says that nothing changed when it cannot be kept', async () => {
  answers['POST /api/notice-preferences'] = [500, { code: 'internal' }];
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toBeVisible();
  expect(screen.queryByText(/^Saved/)).toBeNull();
});

it('offers the clocks that can be meant, each once', () => {
  expect(zonesOf('Asia/Shanghai', null, 'Asia/Shanghai')).toEqual([
    { zone: 'Asia/Shanghai', whose: 'zoneHospital' },
  ]);
  expect(
    zonesOf('Asia/Shanghai', 'America/New_York', 'Europe/London').map(({ zone }) => zone),
  ).toEqual(['Asia/Shanghai', 'Europe/London', 'America/New_York']);
  expect(zoneName('Asia/Shanghai', 'en')).toContain('China');
});
