import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LinkState, RoomState } from '../../shared/live';
import { chooseLanguage } from '../../shared/i18n';
import { aParticipant } from '../../shared/live/testing';
import { PathNotice } from './PathNotice';
import { thirdView } from './stageView';

beforeEach(() => {
  vi.useFakeTimers();
  chooseLanguage('en');
});
afterEach(() => vi.useRealTimers());

const guest = { ...aParticipant('patient'), role: 'guest' as const, display_name: 'Wang Fang' };
const link = (reason: LinkState['reason'] | null, status: LinkState['status'] = 'connected') =>
  ({ reason, status, third: {} as MediaStream }) as LinkState;
const room = (third: RoomState['third']) => ({ third }) as RoomState;

it('says who came and which way sound and picture go, and is silent again', () => {
  const { rerender } = render(<PathNotice state={room(null)} link={link('first')} />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  rerender(<PathNotice state={room(guest)} link={link('first')} />);
  expect(screen.getByRole('status')).toHaveTextContent('Wang Fang has joined the call.');
  rerender(<PathNotice state={room(guest)} link={link('third-person')} />);
  expect(screen.getByRole('status')).toHaveTextContent(/Wang Fang has joined.*relay/);
  act(() => {
    vi.advanceTimersByTime(8_000);
  });
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  rerender(<PathNotice state={room(null)} link={link('third-person')} />);
  expect(screen.getByRole('status')).toHaveTextContent('Wang Fang has left the call.');
  rerender(<PathNotice state={room(null)} link={link('two-again')} />);
  expect(screen.getByRole('status')).toHaveTextContent(/You are two again/);
});

it('says nothing of what was so when the page came', () => {
  render(<PathNotice state={room(guest)} link={link('third-person')} />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it.each([
  ['picture', guest, link('third-person')],
  ['cameraOff', { ...guest, camera: false }, link('third-person')],
  ['connecting', guest, link('third-person', 'connecting')],
  ['connecting', guest, { ...link('third-person'), third: null }],
  ['reconnecting', { ...guest, presence: 'reconnecting' as const }, link(null, 'interrupted')],
  ['away', { ...guest, presence: 'away' as const }, link('third-person')],
] as const)('shows of the third person: %s', (view, third, state) => {
  expect(thirdView(third, state)).toBe(view);
});
