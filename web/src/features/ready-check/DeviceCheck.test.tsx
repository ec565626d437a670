import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import type { DeviceState, LocalMedia, MediaState } from '../../shared/live';
import { renderView } from '../../shared/test/renderApp';
import { DeviceCheck } from './DeviceCheck';
import { Mirror } from './Mirror';

const track = { getSettings: () => ({ deviceId: 'one' }) } as MediaStreamTrack;
const off: DeviceState = { on: true, track: null, problem: null, interrupted: false };
const working: DeviceState = { ...off, track };

function devicesWith(change: Partial<MediaState>): MediaState {
  return {
    status: 'ready',
    microphone: working,
    camera: working,
    microphones: [],
    cameras: [],
    speakers: [],
    speaker: '',
    facing: 'user',
    ...change,
  };
}

const media = {
  retry: vi.fn(() => Promise.resolve()),
  setCamera: vi.fn(() => Promise.resolve()),
  acquire: vi.fn(() => Promise.resolve()),
};
const probe = () => Promise.resolve(20);

function show(change: Partial<MediaState> = {}) {
  const devices = devicesWith(change);
  const local = media as unknown as LocalMedia;
  renderView(
    <>
      <Mirror media={local} devices={devices} draw={({ label }) => <video aria-label={label} />} />
      <DeviceCheck media={local} devices={devices} probe={probe} />
    </>,
  );
}

const line = (name: string) => {
  const found = screen
    .getAllByRole('listitem')
    .find((item) => within(item).queryByText(name, { selector: 'span' }));
  if (!found) throw new Error(`There is no line for ${name}.`);
  return within(found);
};

beforeEach(() => {
  chooseLanguage('en');
  vi.clearAllMocks();
});

it('says in words that each thing works', async () => {
  show();
  expect(line('Camera').getByText('Works')).toBeVisible();
  expect(line('Microphone').getByText('Say something')).toBeVisible();
  expect(line('Microphone').getByRole('meter', { name: 'Microphone' })).toBeVisible();
  expect(await line('Network').findByText('Fast', {}, { timeout: 5_000 })).toBeVisible();
});

it('says what to do when the camera is denied, and that the voice is enough', async () => {
  show({ camera: { ...off, problem: 'denied' } });
  expect(line('Camera').getByText('Not allowed')).toBeVisible();
  expect(line('Camera').getByText(/Without it the doctor still hears you/)).toBeVisible();
  expect(line('Microphone').getByText('Say something')).toBeVisible();
  await userEvent.click(line('Camera').getByRole('button', { name: 'Try again' }));
  expect(media.retry).toHaveBeenCalledExactlyOnceWith('camera');
});

it('explains once when both are denied, and tries both again', async () => {
  show({ camera: { ...off, problem: 'denied' }, microphone: { ...off, problem: 'denied' } });
  expect(screen.getByRole('alert')).toHaveTextContent(/choose Allow/);
  expect(screen.getByText(/You can hear the doctor and write/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(media.retry.mock.calls).toEqual([['microphone'], ['camera']]);
});

it.each([
  ['missing', 'Not found', /Connect a microphone/],
  ['in-use', 'Used by another program', /Close the other program/],
  ['unsupported', 'Not possible here', /Chrome, Edge, Safari or Firefox/],
] as const)('says that a microphone is %s, and what to do', (problem, word, help) => {
  show({ microphone: { ...off, problem } });
  expect(line('Microphone').getByText(word)).toBeVisible();
  expect(line('Microphone').getByText(help)).toBeVisible();
});

it('switches the camera off', async () => {
  show();
  await userEvent.click(line('Camera').getByRole('button', { name: 'Turn off' }));
  expect(media.setCamera).toHaveBeenCalledExactlyOnceWith(false);
});

it('asks nothing of who has not asked for a try', async () => {
  show({ status: 'idle', camera: off, microphone: off });
  expect(line('Camera').getByText('Not tried yet')).toBeVisible();
  expect(media.acquire).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Try camera and sound' }));
  expect(media.acquire).toHaveBeenCalledOnce();
});

it('says while the browser asks what it asks', () => {
  show({ status: 'asking', camera: off, microphone: off });
  expect(screen.getByText(/Press Allow/)).toBeVisible();
});

it('offers other cameras only to who wants another one', async () => {
  show({
    cameras: [
      { id: 'one', label: 'Front' },
      { id: 'two', label: 'Back' },
    ],
  });
  expect(screen.queryByRole('combobox')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Camera in use' }));
  expect(screen.getByRole('combobox', { name: 'Camera in use' })).toHaveValue('one');
});

it('helps who does not hear the bell', async () => {
  show();
  await userEvent.click(screen.getByRole('button', { name: 'Play a sound' }));
  expect(await screen.findByText('The browser could not play a sound.')).toBeVisible();
  expect(screen.getByText(/Turn the volume up/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Play it again' })).toBeVisible();
});
