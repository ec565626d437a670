import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { digestOf } from '../../shared/live';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi } from '../../shared/test/renderApp';
import { guestConsentPoints, guestConsentVersion } from './consentText';
import GuestApp from './index';
import en from './strings/en.json';
import zhCN from './strings/zh-CN.json';

const token = 'a'.repeat(43);
const look = {
  practitioner_name: 'Wang Jianguo',
  guest_name: 'Wang Fang',
  expires_at: '2026-11-23T10:00:00Z',
};
const nobody = { guest: null, over: null };

beforeEach(() => {
  chooseLanguage('en');
  window.history.replaceState(null, '', '/guest');
});
/** What the browser does with a link to the page that it shows. */
function paste(behind: string) {
  act(() => {
    window.history.replaceState(null, '', `/guest#${behind}`);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });
}

afterEach(() => window.sessionStorage.clear());

function show(hash: string) {
  window.history.replaceState(null, '', `/guest${hash}`);
  renderApp([{ path: '*', element: <GuestApp /> }], '/guest');
}

it('takes the token out of the address and says whose visit it is before it is used', async () => {
  stubApi({
    'GET /api/guest': [200, nobody],
    'POST /api/guest/look': [200, look],
  });
  show(`#${token}`);
  expect(
    await screen.findByRole('heading', { name: /Dr. Wang Jianguo invites you/ }),
  ).toBeVisible();
  expect(window.location.href).not.toContain(token);
  for (const point of guestConsentPoints) {
    expect(screen.getByText(en.consent[point])).toBeVisible();
  }
});

it('reads a link that is pasted into the page, and forgets an earlier one', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    'GET /api/guest': [200, nobody],
    'POST /api/guest/look': [410, { code: 'guest.link_used' }],
  };
  const api = stubApi(answers);
  show(`#${token}`);
  const used = 'This invitation link was used already.';
  expect(await screen.findByText(used)).toBeVisible();
  answers['POST /api/guest/look'] = [200, look];
  paste('b'.repeat(43));
  expect(await screen.findByRole('heading', { name: /invites you/ })).toBeVisible();
  const looks = api.mock.calls.filter(([to]) => to === '/api/guest/look');
  expect(looks.at(-1)?.[1]?.body).toContain('b'.repeat(43));
  expect(window.location.hash).toBe('');

  paste('garbage');
  expect(await screen.findByText(en.none.what)).toBeVisible();
  expect(window.location.hash).toBe('');
  expect(window.sessionStorage).toHaveLength(0);
});

it('leaves a place on the page in the address', async () => {
  stubApi({ 'GET /api/guest': [200, nobody], 'POST /api/guest/look': [200, look] });
  show(`#${token}`);
  await screen.findByRole('heading', { name: /invites you/ });
  paste('content');
  expect(window.location.hash).toBe('#content');
  expect(screen.getByRole('button', { name: en.agree })).toBeVisible();
});

it('refuses a used link with words, and asks who has none for one', async () => {
  stubApi({
    'GET /api/guest': [200, nobody],
    'POST /api/guest/look': [410, { code: 'guest.link_used' }],
  });
  show(`#${token}`);
  expect(await screen.findByText('This invitation link was used already.')).toBeVisible();
});

it.each([
  [nobody, en.none.what],
  [{ guest: null, over: 'guest.visit_over' }, en.finished.what],
  [{ guest: null, over: 'guest.ended' }, en.ended.what],
])('says why there is nothing to do here', async (session, words) => {
  stubApi({ 'GET /api/guest': [200, session] });
  show('');
  expect(await screen.findByText(words)).toBeVisible();
});

it('uses the link with what was agreed to, in the words that were shown', async () => {
  const api = stubApi({
    'GET /api/guest': [200, nobody],
    'POST /api/guest/look': [200, look],
    'POST /api/guest': [410, { code: 'guest.link_used' }],
  });
  show(`#${token}`);
  await userEvent.click(await screen.findByRole('button', { name: en.agree }));
  expect(await screen.findByText('This invitation link was used already.')).toBeVisible();
  expect(screen.queryByRole('button', { name: en.agree })).toBeNull();
  const sent = api.mock.calls.find(([to, init]) => to === '/api/guest' && init?.method === 'POST');
  expect(JSON.parse(sent?.[1]?.body as string)).toEqual({
    token,
    consent_version: guestConsentVersion,
    consent_digest: await digestOf(Object.values(en.consent).join('\n')),
  });
});

it('changes its version with its words', async () => {
  const whole = [en, zhCN].map(({ consent }) => Object.values(consent).join('\n')).join('\n');
  expect([guestConsentVersion, (await digestOf(whole))?.slice(0, 16)]).toEqual([
    '2026-11.guest.2',
    '4196145fc196f6e3',
  ]);
});
