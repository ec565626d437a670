import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { EntryView } from '../../protocol/signaling';
import { chooseLanguage } from '../../shared/i18n';
import { LiveError } from '../../shared/live';
import { renderView } from '../../shared/test/renderApp';
import { TurnAway } from './TurnAway';
import { UnsuitableNotice } from './UnsuitableNotice';

beforeEach(() => chooseLanguage('en'));

async function open(turnAway = vi.fn<(decision: { message_id: string }) => Promise<void>>()) {
  turnAway.mockResolvedValue();
  const user = userEvent.setup();
  renderView(
    <QueryClientProvider client={new QueryClient()}>
      <TurnAway room={{ turnAway }} patientName="李晓兰" />
    </QueryClientProvider>,
  );
  await user.click(screen.getByRole('button', { name: 'Not suitable online' }));
  return { user, turnAway };
}

it('asks for a reason, a place and words before it ends a visit', async () => {
  const { user, turnAway } = await open();
  const confirm = () => user.click(screen.getByRole('button', { name: /End the visit/ }));
  await confirm();
  expect(screen.getAllByText('Please fill this in.')).toHaveLength(2);
  await user.click(screen.getByLabelText('Another reason'));
  await user.click(screen.getByLabelText('Another hospital'));
  await confirm();
  expect(screen.getAllByText('Please fill this in.')).toHaveLength(2);
  expect(turnAway).not.toHaveBeenCalled();
  await user.type(screen.getByLabelText(/Which one/), 'Eye hospital');
  await user.type(screen.getByLabelText(/What the patient should do/), 'Go today.');
  await confirm();
  expect(turnAway).toHaveBeenCalledWith(
    expect.objectContaining({
      reason: 'other',
      referral: 'hospital',
      place: 'Eye hospital',
      words: 'Go today.',
    }),
  );
});

it('refers an emergency nowhere else, and sends it again under the same id', async () => {
  const { user, turnAway } = await open();
  await user.click(screen.getByLabelText('Emergency'));
  expect(screen.getByLabelText('Emergency services')).toBeChecked();
  expect(screen.getByLabelText('Another hospital')).toBeDisabled();
  turnAway.mockRejectedValueOnce(new LiveError('network.timeout'));
  const confirm = screen.getByRole('button', { name: /End the visit/ });
  await user.click(confirm);
  expect(await screen.findByRole('alert')).toBeVisible();
  await user.click(confirm);
  await waitFor(() => expect(turnAway).toHaveBeenCalledTimes(2));
  const [first, second] = turnAway.mock.calls;
  expect(second?.[0].message_id).toBe(first?.[0].message_id);
});

function entry(detail: Record<string, string>): EntryView {
  const kept = { seq: 4, message_id: 'm', author_id: 'd', recorded_at: '2026-11-23T06:30:00Z' };
  return { ...kept, kind: 'unsuitable', text: null, detail };
}

it('tells the patient where to go, and rings for help only where it is needed', () => {
  const eyes = { reason: 'examination', referral: 'department', place: '眼科', words: '今天来' };
  renderView(<UnsuitableNotice entries={[entry(eyes)]} emergencyNumber="120" />);
  expect(screen.getByText(/Please go to: 眼科/)).toBeVisible();
  expect(screen.getByText('今天来')).toBeVisible();
  expect(screen.queryByRole('link')).toBeNull();
  const urgent = { reason: 'emergency', referral: 'emergency', place: '', words: '' };
  cleanup();
  renderView(<UnsuitableNotice entries={[entry(urgent)]} emergencyNumber="120" />);
  expect(screen.getByRole('link', { name: 'Call 120' })).toHaveAttribute('href', 'tel:120');
});
