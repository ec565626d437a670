import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { LiveError } from '../../shared/live';
import { FakeHospital, idOf, openConsole, startedAt, stubDevices, visit } from './testHospital';

vi.mock('../../features/call', () => import('./testPanes'));
vi.mock('../../features/chat', () => import('./testPanes'));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: startedAt });
  chooseLanguage('en');
  window.sessionStorage.clear();
  stubDevices();
});

const factor = { confirmed: true, recovery_codes_left: 10, passkeys: 0, demo_code: null };
const dialog = () => screen.findByRole('dialog', { name: 'Is it still you?' });

/** A patient waits, and it is long ago that the doctor signed in. */
async function pressAdmit(answers: Parameters<typeof openConsole>[2]) {
  const hospital = new FakeHospital(visit(1, 'Wang'));
  hospital.refuse.set('consultation.admit', new LiveError('auth.proof_needed'));
  const { asked } = openConsole(hospital, `/doctor/${idOf(1)}`, {
    'GET /api/session/second-factor': [200, factor],
    ...answers,
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Admit' }));
  return { hospital, asked, shown: within(await dialog()) };
}

describe('a doctor who signed in long ago', () => {
  it('proves again who it is, and the patient is admitted without another press', async () => {
    const { hospital, asked, shown } = await pressAdmit({
      'POST /api/session/proof': [200, { proved_at: new Date(startedAt).toISOString() }],
    });
    fireEvent.change(await shown.findByLabelText('Your password'), {
      target: { value: 'a long password' },
    });
    fireEvent.change(shown.getByLabelText(/^Code of the app/), { target: { value: '123456' } });
    hospital.refuse.delete('consultation.admit');
    await userEvent.click(shown.getByRole('button', { name: 'Go on and admit' }));
    expect(await screen.findByRole('region', { name: 'The call' })).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const [, init] = asked.mock.calls.find(([address]) => address === '/api/session/proof') ?? [];
    expect(JSON.parse(init?.body as string)).toEqual({
      password: 'a long password',
      code: '123456',
    });
  });

  it('is told which of the two was wrong, and nobody is admitted', async () => {
    const { hospital, shown } = await pressAdmit({
      'POST /api/session/proof': [422, { code: 'second_factor.wrong', status: 422 }],
    });
    fireEvent.change(await shown.findByLabelText('Your password'), {
      target: { value: 'a long password' },
    });
    fireEvent.change(shown.getByLabelText(/^Code of the app/), { target: { value: '000000' } });
    await userEvent.click(shown.getByRole('button', { name: 'Go on and admit' }));
    expect(await shown.findByText(/^This code is not right/)).toBeVisible();
    expect(hospital.askedOf(1).filter((event) => event === 'consultation.admit')).toHaveLength(1);
  });

  it('may put it off: the patient waits on', async () => {
    const { shown } = await pressAdmit({});
    await userEvent.click(await shown.findByRole('button', { name: 'Not now' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('button', { name: 'Admit' })).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
