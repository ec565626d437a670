import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderView, stubApi } from '../../shared/test/renderApp';
import type { Visit } from './visit';
import { VisitCard } from './VisitCard';

// A wall clock of this device, whatever its zone is.
const now = new Date(2026, 10, 23, 14, 0).getTime();
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

function show(startsIn: number, state: Visit['consultation_state'] = 'planned', zone?: string) {
  stubApi({});
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(['hospital'], { time_zone: zone });
  client.setQueryData(['specialties'], {
    specialties: [{ code: 'cardiology', words: { 'zh-CN': '心血管内科', en: 'Cardiology' } }],
  });
  const visit: Visit = {
    id: 'v',
    consultation_id: 'c',
    patient_id: 'p',
    patient_name: '李晓兰',
    practitioner_id: 'd',
    practitioner_name: '张文华',
    practitioner_title: '主任医师',
    specialty: '心血管内科',
    state: 'booked',
    consultation_state: state,
    starts_at: at(startsIn),
    ends_at: at(startsIn + 20),
  };
  renderView(
    <QueryClientProvider client={client}>
      <VisitCard visit={visit} now={now} to="/visit/v" changeTo="/visit/v/change" />
    </QueryClientProvider>,
  );
}

beforeEach(() => chooseLanguage('en'));

it.each([
  [0.5, 'In less than a minute'],
  [1, 'In 1 minute'],
  [45, 'In 45 minutes'],
  [120, 'In 2 hours'],
  [200, 'In 3 h 20 min'],
  [60 * 50, 'In 2 days'],
  [-0.5, 'Now'],
  [-10, 'Your time came 10 minutes ago'],
  [-90, 'Your time has passed'],
])('says how far a visit in %d minutes is', (startsIn, words) => {
  show(startsIn);
  expect(screen.getByText(words)).toBeVisible();
});

it('says with whom and when, and offers to prepare', () => {
  show(30);
  expect(screen.getByText('Today 14:30')).toBeVisible();
  expect(screen.getByRole('heading', { name: '张文华' })).toBeVisible();
  expect(screen.getByText('Chief physician · Cardiology')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Prepare for the visit' })).toHaveAttribute(
    'href',
    '/visit/v',
  );
});

it.each([
  [1, 1],
  [0, 0],
  [-17, 0],
])('offers to move a visit in %d minutes as long as it has not begun', (startsIn, links) => {
  show(startsIn);
  expect(screen.queryAllByRole('link', { name: /Move or cancel|Change/ })).toHaveLength(links);
});

it('says when the waiting room opens', () => {
  show(90);
  expect(screen.getByText(/The waiting room opens today at 14:30/)).toBeVisible();
});

it('names the zone when the hospital is in another', () => {
  show(30, 'planned', 'Pacific/Kiritimati');
  expect(screen.getByText(/^Today 14:30 \S+/)).toBeVisible();
});

it('leads back to the place in the queue', () => {
  show(5, 'arrived');
  expect(screen.getByRole('link', { name: 'Go to the waiting room' })).toBeVisible();
});

it('leads back to a doctor who waits', () => {
  show(-5, 'in-progress');
  expect(screen.getByText('The doctor is here')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Back to the call' })).toBeVisible();
});

it('speaks Chinese', () => {
  chooseLanguage('zh-CN');
  show(90);
  expect(screen.getByText('候诊室将于今天 14:30 开放。摄像头和声音随时可以先试。')).toBeVisible();
  expect(screen.getByRole('link', { name: '准备就诊' })).toBeVisible();
});

it('says who the doctor is as the hospital wrote it on a Chinese page', () => {
  chooseLanguage('zh-CN');
  show(30);
  expect(screen.getByText('主任医师 · 心血管内科')).toBeVisible();
});
