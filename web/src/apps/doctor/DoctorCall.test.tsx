import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import {
  begun,
  FakeHospital,
  idOf,
  openConsole,
  over,
  planned,
  startedAt,
  stubDevices,
  visit,
} from './testHospital';

vi.mock('../../features/call', () => import('./testPanes'));
vi.mock('../../features/chat', () => import('./testPanes'));

let devices: ReturnType<typeof stubDevices>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: startedAt });
  chooseLanguage('en');
  window.sessionStorage.clear();
  window.localStorage.removeItem('televisit.chime');
  devices = stubDevices();
});

const row = (name: string) => screen.findByRole('link', { name: new RegExp(`^${name}`) });
const admit = () => screen.findByRole('button', { name: 'Admit' });
const stage = () => screen.findByRole('region', { name: 'The call' });
const stageWith = async (name: string) => within(await stage()).findByText(name);
const bar = () => screen.findByRole('region', { name: 'The call that goes on' });

describe('a call', () => {
  it('is entered again after a reload', async () => {
    openConsole(new FakeHospital(visit(1, 'Wang', begun)), `/doctor/${idOf(1)}`);
    expect(await stageWith('Wang')).toBeVisible();
  });

  it('goes on, with a bar that leads back, while another patient is looked at', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', begun), visit(2, 'Chen'));
    const { router } = openConsole(hospital, `/doctor/${idOf(1)}`);
    await stage();
    expect(screen.queryByRole('region', { name: 'The call that goes on' })).toBeNull();

    await userEvent.click(await row('Chen'));
    expect(await bar()).toHaveTextContent('In the call with Wang5:00');
    expect(await screen.findByText(/You are in the call with Wang. End that visit/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Admit' })).toBeNull();
    // Out of sight and out of reach, and still on the page.
    expect(screen.queryByRole('region', { name: 'The call' })).toBeNull();
    expect(document.querySelector('[aria-label="The call"]')).toHaveTextContent('Wang');
    expect(await screen.findByLabelText('Message to Chen')).toBeVisible();

    await userEvent.click(within(await bar()).getByRole('button', { name: 'Back to the call' }));
    expect(router.state.location.pathname).toBe(`/doctor/${idOf(1)}`);
    expect(await stage()).toBeVisible();
    expect(screen.queryByRole('region', { name: 'The call that goes on' })).toBeNull();
    await act(() => new Promise((resolve) => setTimeout(resolve, 1_100)));
    expect(hospital.askedOf(1)).toEqual(['room.join']);
    expect(hospital.askedOf(2)).toEqual(['room.join', 'room.leave']);
    expect(devices.tracks.every(({ stop }) => stop.mock.calls.length === 0)).toBe(true);
  });

  it('goes on while the doctor looks at the own open sessions', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', begun));
    const { router } = openConsole(hospital, `/doctor/${idOf(1)}`);
    await stage();
    await userEvent.click(await screen.findByRole('button', { name: /^Account of/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'My open sessions' }));
    const dialog = await screen.findByRole('dialog', { name: 'My open sessions' });
    expect(router.state.location.pathname).toBe(`/doctor/${idOf(1)}`);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await act(() => new Promise((resolve) => setTimeout(resolve, 1_100)));
    expect(await stage()).toBeVisible();
    expect(hospital.askedOf(1)).toEqual(['room.join']);
  });

  it('can be muted from the bar', async () => {
    openConsole(
      new FakeHospital(visit(1, 'Wang', begun), visit(2, 'Chen', planned)),
      `/doctor/${idOf(1)}`,
    );
    await stage();
    await userEvent.click(await row('Chen'));
    await userEvent.click(within(await bar()).getByRole('button', { name: 'Mute' }));
    expect(within(await bar()).getByRole('button', { name: 'Unmute' })).toBeVisible();
    expect(devices.tracks.find(({ kind }) => kind === 'audio')?.enabled).toBe(false);
  });

  it('counts what the patient writes meanwhile', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', begun), visit(2, 'Chen', planned));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    await stage();
    await userEvent.click(await row('Chen'));
    await bar();
    act(() =>
      hospital.socket.push('entry.added', {
        consultation_id: idOf(1),
        entry: {
          seq: 2,
          kind: 'chat',
          author_id: `patient of ${idOf(1)}`,
          message_id: 'm-2',
          recorded_at: new Date().toISOString(),
          text: 'Hello?',
        },
      }),
    );
    expect(await within(await bar()).findByText('1 new message')).toBeVisible();
  });

  it('never lets one patient hear another: a second visit in progress is chosen, not added', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', begun), visit(2, 'Chen', begun));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    await stage();
    await userEvent.click(await row('Chen'));
    expect(await screen.findByText('Chen is in a visit with you too')).toBeVisible();
    expect(hospital.askedOf(2)).toEqual([]);

    await userEvent.click(screen.getByRole('button', { name: 'Switch to Chen' }));
    expect(await stageWith('Chen')).toBeVisible();
    const asked = hospital.socket.asked.map(
      ({ event, body }) => `${event} ${String(body.consultation_id)}`,
    );
    expect(asked.indexOf(`room.leave ${idOf(1)}`)).toBeLessThan(
      asked.indexOf(`room.join ${idOf(2)}`),
    );
    expect(hospital.askedOf(1)).toEqual(['room.join', 'room.leave']);
  });

  it('says that one may wait or end when the patient is gone', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', { ...begun, presence: 'reconnecting' }));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    expect(
      await screen.findByText("Wang's connection is interrupted. You can wait, or end the visit."),
    ).toBeVisible();
  });

  it('ends in a quiet page that offers the next patient', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', begun), visit(2, 'Chen'));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    await userEvent.click(within(await stage()).getByRole('button', { name: 'End visit' }));
    expect(await screen.findByText('The visit with Wang is over')).toBeVisible();
    expect(await screen.findByLabelText('Message to Wang')).toBeVisible();
    await userEvent.click(await screen.findByRole('link', { name: 'See Chen' }));
    expect(await admit()).toBeVisible();
  });
});

describe('keys', () => {
  const open = async (...args: Parameters<typeof openConsole>) => {
    const opened = openConsole(...args);
    await row('Wang');
    return opened;
  };

  it('J and K walk the list, Enter opens', async () => {
    const { router } = await open(
      new FakeHospital(visit(1, 'Wang'), visit(2, 'Chen', planned), visit(3, 'Sun', over)),
    );
    await userEvent.keyboard('j');
    expect(await row('Wang')).toHaveFocus();
    await userEvent.keyboard('jj');
    expect(await row('Sun')).toHaveFocus();
    await userEvent.keyboard('j');
    expect(await row('Sun')).toHaveFocus();
    await userEvent.keyboard('k{Enter}');
    expect(router.state.location.pathname).toBe(`/doctor/${idOf(2)}`);
  });

  it('A admits the patient on the screen', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    await open(hospital, `/doctor/${idOf(1)}`);
    await admit();
    await userEvent.keyboard('a');
    expect(await stage()).toBeVisible();
  });

  it('A does nothing during another call', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', begun), visit(2, 'Chen'));
    await open(hospital, `/doctor/${idOf(1)}`);
    await stage();
    await userEvent.click(await row('Chen'));
    await bar();
    await userEvent.keyboard('a');
    expect(hospital.askedOf(2)).not.toContain('consultation.admit');
  });

  it('M and V switch the devices before the call', async () => {
    await open(new FakeHospital(visit(1, 'Wang')), `/doctor/${idOf(1)}`);
    await screen.findByText('Ready. The patient sees and hears you once you admit.');
    await userEvent.keyboard('m');
    expect(await screen.findByText('You are muted: the patient will not hear you.')).toBeVisible();
    await userEvent.keyboard('v');
    expect(await screen.findByText('You are muted and your camera is off.')).toBeVisible();
  });

  it('C writes in the chat, wherever the pane was; Escape lets go', async () => {
    await open(new FakeHospital(visit(1, 'Wang')), `/doctor/${idOf(1)}`);
    await userEvent.click(await screen.findByRole('tab', { name: 'Visit' }));
    await userEvent.keyboard('c');
    await waitFor(() => expect(screen.getByLabelText('Message to Wang')).toHaveFocus());
    await userEvent.keyboard('{Escape}');
    expect(screen.getByLabelText('Message to Wang')).not.toHaveFocus();
  });

  it('rest while somebody writes', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    await open(hospital, `/doctor/${idOf(1)}`);
    const field = await screen.findByLabelText('Message to Wang');
    await userEvent.type(field, 'a jam?');
    expect(field).toHaveValue('a jam?');
    expect(hospital.askedOf(1)).not.toContain('consultation.admit');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('? shows them all, and they rest behind the sheet', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    await open(hospital, `/doctor/${idOf(1)}`);
    await admit();
    await userEvent.keyboard('?');
    const sheet = await screen.findByRole('dialog', { name: 'Keyboard' });
    expect(within(sheet).getByText('Admit the patient on the screen')).toBeVisible();
    await userEvent.keyboard('a');
    expect(hospital.askedOf(1)).not.toContain('consultation.admit');
  });
});
