import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EntryKind } from '../../protocol/signaling';
import type { LinkState, RoomState } from '../../shared/live';
import { chooseLanguage } from '../../shared/i18n';
import { anEntry, aParticipant, doctorId, patientId } from '../../shared/live/testing';
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
const room = (third: RoomState['third'], entries: RoomState['entries'] = []) =>
  ({ third, entries, me: aParticipant('patient'), other: aParticipant('doctor') }) as RoomState;

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

it('says that somebody is invited, and that it was taken back, but not to who did it', () => {
  const about = (seq: number, kind: EntryKind, author_id = doctorId) =>
    anEntry(seq, { kind, author_id, text: null, detail: { name: 'Wang Fang' } });
  const before = about(1, 'guest-invited');
  const invited = about(2, 'guest-invited');
  const { rerender } = render(<PathNotice state={room(null, [before])} link={link('first')} />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  rerender(<PathNotice state={room(null, [before, invited])} link={link('first')} />);
  expect(screen.getByRole('status')).toHaveTextContent(/invited Wang Fang to the call/);
  act(() => {
    vi.advanceTimersByTime(8_000);
  });
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  const mine = about(3, 'guest-withdrawn', patientId);
  rerender(<PathNotice state={room(null, [before, invited, mine])} link={link('first')} />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  const theirs = about(4, 'guest-withdrawn');
  rerender(<PathNotice state={room(null, [before, invited, mine, theirs])} link={link('first')} />);
  expect(screen.getByRole('status')).toHaveTextContent(/took back the invitation of Wang Fang/);
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
  ['reconnecting', { ...guest, presence: 'reconnecting' as const }, link('third-person')],
  [
    'reconnecting',
    { ...guest, presence: 'reconnecting' as const, camera: false },
    link('third-person'),
  ],
  ['away', { ...guest, presence: 'away' as const }, link('third-person')],
] as const)('shows of the third person: %s', (view, third, state) => {
  expect(thirdView(third, state)).toBe(view);
});
