import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { LiveError, type MediaState } from '../../shared/live';
import { aConsultation, aParticipant } from '../../shared/live/testing';
import { stubMediaStream } from '../../shared/live/testingPeer';
import { aVisit, type FakeVisit } from '../../shared/live/testingVisit';
import { renderView } from '../../shared/test/renderApp';
import { CallStage } from './CallStage';

beforeEach(() => {
  chooseLanguage('en');
  // jsdom plays nothing.
  stubMediaStream();
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue(undefined);
});

const show = (visit: FakeVisit, chat?: { opened: boolean; unread: number; onToggle: () => void }) =>
  renderView(<CallStage visit={visit.handle} {...(chat ? { chat } : {})} />);

const track = { getSettings: () => ({}) } as MediaStreamTrack;
const on = { on: true, track, problem: null, interrupted: false };

it('counts the length of the call by the clock of the hospital', () => {
  const admitted_at = new Date(Date.now() - 60_000).toISOString();
  const consultation = { ...aConsultation(), admitted_at };
  show(aVisit('patient', { state: { consultation, aheadMs: 240_000 } }));
  expect(screen.getByText('5:00')).toBeVisible();
});

it('leaves it to the pictures of three who of them is muted', () => {
  const other = aParticipant('doctor', { microphone: false });
  const third = aParticipant('patient', { account_id: 'g', display_name: 'Wang Fang' });
  show(aVisit('patient', { state: { other, third } }));
  expect(screen.queryByText('张文华 is muted')).toBeNull();
  expect(screen.getByRole('img', { name: 'Muted' })).toBeVisible();
});

describe('the controls', () => {
  it('say what pressing them does, and do it', async () => {
    const visit = aVisit('patient', { devices: { microphone: on, camera: on } });
    show(visit);
    await userEvent.click(screen.getByRole('button', { name: 'Mute' }));
    await userEvent.click(screen.getByRole('button', { name: 'Stop camera' }));
    expect(visit.media.setMicrophone).toHaveBeenCalledWith(false);
    expect(visit.media.setCamera).toHaveBeenCalledWith(false);
  });

  it('say whom a link is open for', () => {
    const visit = aVisit('doctor', {});
    renderView(<CallStage visit={visit.handle} onInvite={vi.fn()} invited="Wang Fang" />);
    expect(screen.getByRole('button', { name: 'Invited: Wang Fang' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Invite' })).toBeNull();
  });

  it('offer the way back when something is off', async () => {
    const off = { ...on, on: false, track: null };
    const visit = aVisit('patient', { devices: { microphone: off, camera: off } });
    show(visit);
    await userEvent.click(screen.getByRole('button', { name: 'Unmute' }));
    await userEvent.click(screen.getByRole('button', { name: 'Start camera' }));
    expect(visit.media.setMicrophone).toHaveBeenCalledWith(true);
    expect(visit.media.setCamera).toHaveBeenCalledWith(true);
  });

  it('work by key, but not while one writes', async () => {
    const visit = aVisit('patient', { devices: { microphone: on, camera: on } });
    renderView(
      <>
        <CallStage visit={visit.handle} />
        <textarea aria-label="elsewhere" />
      </>,
    );
    await userEvent.keyboard('mv');
    expect(visit.media.setMicrophone).toHaveBeenCalledOnce();
    expect(visit.media.setCamera).toHaveBeenCalledOnce();
    await userEvent.type(screen.getByRole('textbox', { name: 'elsewhere' }), 'mv');
    expect(visit.media.setMicrophone).toHaveBeenCalledOnce();
    expect(visit.media.setCamera).toHaveBeenCalledOnce();
  });

  it('tell how many messages wait in the chat', async () => {
    const onToggle = vi.fn();
    show(aVisit('patient'), { opened: false, unread: 2, onToggle });
    await userEvent.click(screen.getByRole('button', { name: 'Chat, 2 new' }));
    expect(onToggle).toHaveBeenCalledOnce();
  });
});

describe('the way out', () => {
  it('is immediate for a patient, who may come back', async () => {
    const visit = aVisit('patient');
    show(visit);
    await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
    expect(visit.room.leave).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks the doctor once, and says what follows', async () => {
    const visit = aVisit('doctor');
    show(visit);
    await userEvent.click(screen.getByRole('button', { name: 'End visit' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/closed and sealed/)).toBeVisible();
    expect(visit.room.finish).not.toHaveBeenCalled();
    await userEvent.click(dialog.getByRole('button', { name: 'End the visit' }));
    expect(visit.room.finish).toHaveBeenCalledOnce();
  });

  it('stays open and says why when ending failed', async () => {
    const visit = aVisit('doctor');
    visit.room.finish.mockRejectedValue(new LiveError('network.timeout'));
    show(visit);
    await userEvent.click(screen.getByRole('button', { name: 'End visit' }));
    await userEvent.click(await screen.findByRole('button', { name: 'End the visit' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('taking too long');
  });

  it('warns who waits that the place is lost', async () => {
    const visit = aVisit('patient', { state: { consultation: aConsultation('arrived') } });
    show(visit);
    await userEvent.click(screen.getByRole('button', { name: 'Leave' }));
    expect(await screen.findByText(/give up your place/)).toBeVisible();
    expect(visit.room.leave).not.toHaveBeenCalled();
  });
});

describe('the stage', () => {
  it('counts the seconds of an interruption and asks to stay', () => {
    vi.useFakeTimers({ now: 20_000, toFake: ['Date', 'setInterval', 'clearInterval'] });
    const link = { status: 'interrupted' as const, since: 12_000, remote: {} as MediaStream };
    show(aVisit('patient', { link }));
    expect(screen.getByText('Reconnecting to 张文华')).toBeVisible();
    expect(screen.getByText('0:08')).toBeVisible();
    act(() => void vi.advanceTimersByTime(3_000));
    expect(screen.getByText('0:11')).toBeVisible();
    vi.useRealTimers();
  });

  it('brings the visit back from another page', async () => {
    const visit = aVisit('patient', { state: { phase: 'superseded' } });
    show(visit);
    await userEvent.click(screen.getByRole('button', { name: 'Continue here' }));
    expect(visit.handle.enter).toHaveBeenCalledOnce();
  });

  it('says why entering was refused, with the code', () => {
    const error = new LiveError('auth.forbidden');
    show(aVisit('patient', { state: { phase: 'refused', error } }));
    expect(screen.getByText('Your account may not do this.')).toBeVisible();
    expect(screen.getByText('auth.forbidden')).toBeVisible();
  });

  it('says whose camera is off', () => {
    const other = aParticipant('doctor', { camera: false });
    show(aVisit('patient', { state: { other } }));
    expect(screen.getByText("张文华's camera is off.")).toBeVisible();
  });

  it('tells tests and support what the link is doing', () => {
    const { container } = show(aVisit('patient', { sample: { framesDecoded: 42 } }));
    expect(container.querySelector('[data-call-stage]')).toMatchObject({
      dataset: { phase: 'inside', view: 'person', link: 'connected', framesDecoded: '42' },
    });
  });

  it('speaks Chinese', () => {
    chooseLanguage('zh-CN');
    const other = aParticipant('doctor', { presence: 'away' });
    show(aVisit('patient', { state: { other }, link: { status: 'idle', remote: null } }));
    expect(screen.getByText('张文华还没有进入通话。')).toBeVisible();
    expect(screen.getByRole('button', { name: '离开' })).toBeVisible();
  });
});

describe('a device that fails', () => {
  const denied = { ...on, track: null, problem: 'denied' as const };

  it('is explained, and can be tried again', async () => {
    const visit = aVisit('patient', { devices: { microphone: on, camera: denied } });
    show(visit);
    expect(screen.getByText(/so you cannot be seen/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(visit.media.retry).toHaveBeenCalledWith('camera');
  });

  it('is said once when there is nothing at all', () => {
    const missing = { ...denied, problem: 'missing' as const };
    show(aVisit('patient', { devices: { microphone: missing, camera: missing } }));
    expect(screen.getByText(/You can see, listen and write/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('can be hidden', async () => {
    show(aVisit('patient', { devices: { microphone: on, camera: denied } }));
    await userEvent.click(screen.getByRole('button', { name: 'Hide this notice' }));
    expect(screen.queryByText(/so you cannot be seen/)).toBeNull();
  });
});

describe('the own picture', () => {
  it('moves by arrow keys and says where it is', async () => {
    const devices: Partial<MediaState> = { microphone: on };
    show(aVisit('patient', { devices }));
    screen.getByRole('group', { name: /Your picture, top right/ }).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowLeft}');
    expect(screen.getByRole('group', { name: /Your picture, bottom left/ })).toHaveFocus();
  });
});

describe('a browser that holds back the sound', () => {
  it('is given the tap that it wants', async () => {
    const play = vi
      .spyOn(HTMLMediaElement.prototype, 'play')
      .mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'))
      .mockResolvedValue(undefined);
    show(aVisit('patient', { link: { remote: {} as MediaStream } }));
    const button = await screen.findByRole('button', { name: 'Tap to hear 张文华' });
    play.mockClear();
    await userEvent.click(button);
    expect(play).toHaveBeenCalledOnce();
    expect(screen.queryByRole('button', { name: /Tap to hear/ })).toBeNull();
  });
});
