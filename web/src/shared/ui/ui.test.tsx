import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../http';
import { chooseLanguage } from '../i18n';
import { renderView } from '../test/renderApp';
import { initials } from './Avatar';
import { ConfirmDialog } from './ConfirmDialog';
import { JourneyStrip } from './JourneyStrip';
import { LevelMeter } from './LevelMeter';
import { QualityBars } from './QualityBars';
import { StateView } from './StateView';
import { Timecode } from './Timecode';

beforeEach(() => chooseLanguage('en'));
afterEach(() => vi.useRealTimers());

describe('the journey strip', () => {
  it('says what is done, what is now and what is next', () => {
    renderView(<JourneyStrip current="waiting" detail="about 10-20 minutes" />);
    const steps = screen.getAllByRole('listitem');
    expect(steps.map((step) => step.textContent)).toEqual([
      'Bookeddone',
      'Readydone',
      'Waitingnow',
      'In the callnext',
      'Afterwardsnext',
    ]);
    expect(steps[2]).toHaveAttribute('aria-current', 'step');
    expect(screen.getByText('about 10-20 minutes')).toBeVisible();
  });

  it('speaks Chinese', () => {
    chooseLanguage('zh-CN');
    renderView(<JourneyStrip current="booked" />);
    expect(screen.getAllByRole('listitem').map((step) => step.children[1]?.textContent)).toEqual([
      '已预约',
      '准备',
      '候诊',
      '通话中',
      '诊后',
    ]);
  });
});

describe('an error', () => {
  it('says what happened, what is safe and what to press, with the code small', async () => {
    const retry = vi.fn();
    const error = new ApiError({ status: 0, code: 'network.unreachable', logId: 'r-1' });
    renderView(
      <StateView kind="error" error={error} safe="Your booking is kept." onRetry={retry} />,
    );
    const alert = within(screen.getByRole('alert'));
    expect(alert.getByText('We cannot reach the hospital.')).toBeVisible();
    expect(alert.getByText(/Your booking is kept\./)).toBeVisible();
    expect(alert.getByText('Code for support: network.unreachable · r-1')).toBeVisible();
    await userEvent.click(alert.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });
});

describe('a dangerous act', () => {
  const dialog = (onConfirm: () => Promise<void>, onClose = vi.fn()) => {
    renderView(
      <ConfirmDialog
        opened
        title="End this visit?"
        confirmLabel="End the visit"
        onConfirm={onConfirm}
        onClose={onClose}
      >
        The conversation is sealed.
      </ConfirmDialog>,
    );
    return onClose;
  };

  it('closes when it is done', async () => {
    const onClose = dialog(() => Promise.resolve());
    await userEvent.click(screen.getByRole('button', { name: 'End the visit' }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('stays and says why when it fails', async () => {
    const onClose = dialog(() =>
      Promise.reject(new ApiError({ status: 409, code: 'consultation.wrong_state' })),
    );
    await userEvent.click(screen.getByRole('button', { name: 'End the visit' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The visit has moved on');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('does nothing when it is cancelled', async () => {
    const confirm = vi.fn(() => Promise.resolve());
    const onClose = dialog(confirm);
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onClose).toHaveBeenCalledOnce();
    expect(confirm).not.toHaveBeenCalled();
  });
});

it.each([
  ['陈秀英', '陈'],
  ['Zhao Lin', 'ZL'],
  ['madonna', 'M'],
  ['Anna Maria van der Berg', 'AB'],
  ['', ''],
])('abbreviates %j as %j', (name, short) => {
  expect(initials(name)).toBe(short);
});

it.each([
  ['excellent', 'Very good', 4],
  ['good', 'Good', 3],
  ['poor', 'Weak', 1],
  ['lost', 'Interrupted', 0],
] as const)('tells %s quality by a word and bars', (quality, word, bars) => {
  const { container } = renderView(<QualityBars quality={quality} />);
  expect(screen.getByText(word)).toBeVisible();
  expect(container.querySelectorAll('[data-lit="true"]')).toHaveLength(bars);
});

it('bounds a level and says it in a word', () => {
  renderView(<LevelMeter level={3} label="Microphone" />);
  const meter = screen.getByRole('meter', { name: 'Microphone' });
  expect(meter).toHaveAttribute('aria-valuenow', '100');
  expect(meter).toHaveAttribute('aria-valuetext', 'Very loud');
});

it('counts on from when something began', () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T06:34:05Z') });
  renderView(<Timecode since="2026-11-23T06:30:00Z" />);
  expect(screen.getByText('4:05')).toBeVisible();
  act(() => void vi.advanceTimersByTime(2000));
  expect(screen.getByText('4:07')).toBeVisible();
});
