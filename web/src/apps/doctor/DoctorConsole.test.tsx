import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { LiveError } from '../../shared/live';
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

/** What a clock here shows so many minutes before the tests begin. */
const clock = (minutes: number) =>
  new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    startedAt - minutes * 60_000,
  );
const row = (name: string) => screen.findByRole('link', { name: new RegExp(`^${name}`) });
const rail = () => screen.findByRole('navigation', { name: "Today's visits" });
const admit = () => screen.findByRole('button', { name: 'Admit' });
const stage = () => screen.findByRole('region', { name: 'The call' });
const stageWith = async (name: string) => within(await stage()).findByText(name);

describe('the day', () => {
  it('stands in groups, each in its order, with waiting times', async () => {
    openConsole(
      new FakeHospital(
        visit(1, 'Chen', { arrived_at: new Date(startedAt - 3 * 60_000).toISOString() }),
        visit(2, 'Wang'),
        visit(3, 'Zhao', planned),
        visit(4, 'Sun', over),
        visit(5, 'Lin', begun),
      ),
    );
    const list = await rail();
    await within(list).findByText('Waiting');
    expect(
      within(list)
        .getAllByRole('heading', { level: 2 })
        .map((heading) => heading.textContent),
    ).toEqual(['In the call1', 'Waiting2', 'Not here yet1', 'Finished1']);
    expect(
      within(list)
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual([
      `Lin5:00In the visitfor ${clock(0)}`,
      `Wangwaiting 12 minReadyfor ${clock(0)}`,
      `Chenwaiting 3 minReadyfor ${clock(0)}`,
      `Zhao${clock(0)}`,
      `Sununtil ${clock(2)}`,
    ]);
  });

  it('counts by the hospital, not by a wrong clock on the desk', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    vi.setSystemTime(startedAt + 30 * 60_000);
    hospital.at = new Date(startedAt).toISOString();
    openConsole(hospital);
    await waitFor(async () => expect(await row('Wang')).toHaveTextContent('waiting 12 min'));
  });

  it('holds its place while it loads', async () => {
    const hospital = new FakeHospital();
    hospital.socket.answer('queue.read', () => new Promise(() => undefined));
    openConsole(hospital);
    expect(
      await within(await rail()).findByRole('status', { name: "Today's visits" }),
    ).toBeVisible();
  });

  it('says what will be there when it is empty', async () => {
    openConsole(new FakeHospital());
    expect(await within(await rail()).findByText('No visits today')).toBeVisible();
  });

  it('says why it cannot be read, and reads again', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    hospital.refuse.set('queue.read', new LiveError('partner.down'));
    openConsole(hospital);
    const again = await within(await rail()).findByRole('button', { name: 'Try again' });
    hospital.refuse.clear();
    await userEvent.click(again);
    expect(await row('Wang')).toBeVisible();
  });

  it('stays, and says how old it is, while the connection is lost', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    openConsole(hospital);
    await row('Wang');
    act(() => hospital.socket.cut());
    expect(await screen.findByText(`Reconnecting. The list is as of ${clock(0)}.`)).toBeVisible();
    expect(await row('Wang')).toBeVisible();
  });

  it('says when a renewal failed without taking the list away', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    openConsole(hospital);
    await row('Wang');
    hospital.refuse.set('queue.read', new LiveError('internal'));
    act(() => hospital.socket.push('queue.changed', {}));
    expect(await screen.findByText('The list could not be renewed.')).toBeVisible();
    expect(await row('Wang')).toBeVisible();
  });

  it('tells who begins to wait, in words and in the title', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'), visit(2, 'Chen', planned));
    openConsole(hospital);
    await row('Wang');
    await waitFor(() => expect(document.title).toMatch(/^\(1\) Doctor's console/));
    expect(screen.queryByText('Wang is waiting now.')).toBeNull();
    act(() => hospital.becomes(visit(1, 'Wang'), visit(2, 'Chen')));
    expect(await screen.findByText('Chen is waiting now.')).toBeInTheDocument();
    await waitFor(() => expect(document.title).toMatch(/^\(2\) Doctor's console/));
  });

  it('remembers that the chime is not wanted', async () => {
    openConsole(new FakeHospital());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Chime for new patients: on' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Chime for new patients: off' }),
    ).toBeVisible();
    expect(window.localStorage.getItem('televisit.chime')).toBe('off');
  });

  it('offers the longest waiting patient first', async () => {
    const { router } = openConsole(new FakeHospital(visit(1, 'Wang'), visit(2, 'Zhao', planned)));
    await userEvent.click(await screen.findByRole('link', { name: 'See Wang' }));
    expect(router.state.location.pathname).toBe(`/doctor/${idOf(1)}`);
  });
});

describe('a waiting patient', () => {
  it('is met with chat and devices ready, and admitted by one press', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    const press = await admit();
    expect(await screen.findByLabelText('Message to Wang')).toBeVisible();
    expect(await screen.findByLabelText('Your picture')).toBeVisible();
    expect(
      await screen.findByText('Ready. The patient sees and hears you once you admit.'),
    ).toBeVisible();
    expect(devices.getUserMedia).toHaveBeenCalledTimes(1);

    await userEvent.click(press);
    expect(await stageWith('Wang')).toBeVisible();
    expect(hospital.askedOf(1)).toEqual(['room.join', 'consultation.admit']);
    expect(screen.queryByRole('button', { name: 'Admit' })).toBeNull();
  });

  it('is not admitted when the hospital says no, and the page says why', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    hospital.refuse.set('consultation.admit', new LiveError('consultation.wrong_state'));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    await userEvent.click(await admit());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The visit has moved on, so this is not possible now.',
    );
    expect(await admit()).toBeEnabled();
    expect(screen.queryByRole('region', { name: 'The call' })).toBeNull();
  });

  it('may be away, and the page says what admitting means then', async () => {
    openConsole(new FakeHospital(visit(1, 'Wang', { presence: 'away' })), `/doctor/${idOf(1)}`);
    expect(await screen.findByText(/has closed the page and keeps the place/)).toBeVisible();
    expect(await admit()).toBeEnabled();
  });

  it('can be admitted without a camera, and the doctor knows what is missing', async () => {
    devices = stubDevices('NotAllowedError');
    openConsole(new FakeHospital(visit(1, 'Wang')), `/doctor/${idOf(1)}`);
    expect(await screen.findByText(/does not allow the microphone/)).toBeVisible();
    expect(await admit()).toBeEnabled();
  });

  it('is told apart when the visit is open on another page', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang'));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    await screen.findByLabelText('Message to Wang');
    act(() => hospital.socket.push('room.superseded', { consultation_id: idOf(1) }));
    await userEvent.click(await screen.findByRole('button', { name: 'Continue here' }));
    expect(await admit()).toBeVisible();
    expect(hospital.askedOf(1)).toEqual(['room.join', 'room.join']);
  });
});

describe('a patient who has not come', () => {
  it('is not entered upon until the arrival', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', planned));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    expect(await screen.findByText('Wang is not here yet')).toBeVisible();
    expect(hospital.askedOf(1)).toEqual([]);
    expect(devices.getUserMedia).not.toHaveBeenCalled();

    act(() => hospital.becomes(visit(1, 'Wang')));
    expect(await admit()).toBeVisible();
    await waitFor(() => expect(hospital.askedOf(1)).toEqual(['room.join']));
  });
});

describe('a visit that is over', () => {
  it('is read without opening camera and microphone', async () => {
    const hospital = new FakeHospital(visit(1, 'Wang', over));
    openConsole(hospital, `/doctor/${idOf(1)}`);
    expect(await screen.findByText('The visit with Wang is over')).toBeVisible();
    await waitFor(() => expect(hospital.askedOf(1)).toEqual(['room.join']));
    await userEvent.click(screen.getByRole('tab', { name: 'Visit' }));
    expect(await screen.findByText('Wang came to the waiting room')).toBeVisible();
    expect(devices.getUserMedia).not.toHaveBeenCalled();
  });
});

describe('what is not there', () => {
  it('is said of a visit that is not this doctor’s', async () => {
    openConsole(new FakeHospital(), `/doctor/${idOf(7)}`);
    expect(await screen.findByText('This visit is not here')).toBeVisible();
  });

  it('is said of an address that is none', async () => {
    openConsole(new FakeHospital(), '/doctor/nowhere');
    expect(await screen.findByText('There is no such page.')).toBeVisible();
  });
});

it('speaks Chinese', async () => {
  chooseLanguage('zh-CN');
  const hospital = new FakeHospital(visit(1, '王建军'));
  openConsole(hospital, `/doctor/${idOf(1)}`);
  await userEvent.click(await screen.findByRole('button', { name: '接诊' }));
  expect(await stageWith('王建军')).toBeVisible();
});
