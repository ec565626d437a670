import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderView } from '../../shared/test/renderApp';
import { Afterwards, type AfterwardsProps } from './Afterwards';

function show(change: Partial<AfterwardsProps> = {}) {
  renderView(
    <Afterwards
      doctor={{ name: '张文华', title: '主任医师', specialty: '心血管内科' }}
      plannedAt="2026-11-23T06:30:00Z"
      admittedAt="2026-11-23T06:34:00Z"
      endedAt="2026-11-23T06:46:00Z"
      fresh
      mailTo="li@example.org"
      hospitalZone={undefined}
      emergencyNumber="120"
      receipt={<p>receipt</p>}
      transcript={<p>kept</p>}
      homeTo="/"
      {...change}
    />,
  );
}

beforeEach(() => chooseLanguage('en'));

it('thanks, says what the visit was, what follows and what was written', () => {
  show();
  expect(screen.getByRole('heading', { level: 1, name: 'Your visit has ended' })).toBeVisible();
  expect(screen.getByText('12 minutes')).toBeVisible();
  expect(screen.getByText(/sends a mail to li@example\.org/)).toBeVisible();
  expect(screen.getByText('kept')).toBeVisible();
  expect(screen.getByText('receipt')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Back to home' })).toHaveAttribute('href', '/');
});

it('promises no mail to who has no address', () => {
  show({ mailTo: null });
  expect(screen.queryByText(/mail/)).toBeNull();
});

it('says what a visit was when it is read again later', () => {
  show({ fresh: false });
  expect(screen.getByRole('heading', { level: 1, name: 'Your visit with 张文华' })).toBeVisible();
  expect(screen.queryByText('What happens next')).toBeNull();
});

it('knows a very short visit, and waits for times that are not here yet', () => {
  show({ endedAt: '2026-11-23T06:34:20Z' });
  expect(screen.getByText('Less than a minute')).toBeVisible();
  show({ admittedAt: null, endedAt: null });
  expect(screen.getAllByText('Length')).toHaveLength(2);
});
