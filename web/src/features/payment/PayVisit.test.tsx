import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { PayVisit } from './PayVisit';

const payment = {
  id: 'p-1',
  appointment_id: 'b-1',
  provider: 'demo',
  amount_minor: 5000,
  currency: 'CNY',
  state: 'created',
  refunded_minor: 0,
  created_at: '2026-11-23T06:00:00Z',
  captured_at: null,
};
const way = {
  kind: 'demo',
  address: null,
  image: null,
  secret: null,
  script: null,
  public_key: null,
  ends_at: '2026-11-23T06:15:00Z',
};

let answers: Answers;
const onPaid = vi.fn();

beforeEach(() => {
  chooseLanguage('en');
  answers = { 'POST /api/bookings/b-1/payment': [201, { payment, way }] };
});

function Page() {
  const [ended, setEnded] = useState(false);
  return (
    <>
      <PayVisit bookingId="b-1" visitsPath="/" ended={ended} onPaid={onPaid} />
      <button onClick={() => setEnded(true)}>The hold ends</button>
    </>
  );
}

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <Page /> }], '/');
  return fetchMock;
}

it('says that no money moves in the demo, and what became of it', async () => {
  answers['POST /api/payments/p-1/demo'] = [200, { ...payment, state: 'captured' }];
  open();
  expect(await screen.findByText(/no money moves/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Pay CN¥50.00' }));
  expect(await screen.findByText('Paid')).toBeVisible();
  expect(onPaid).toHaveBeenCalledOnce();
});

it('names no deadline of its own, and asks for no money once the time is kept no longer', async () => {
  open();
  expect(await screen.findByRole('button', { name: 'Pay CN¥50.00' })).toBeVisible();
  expect(screen.queryByText(/until/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'The hold ends' }));
  expect(screen.queryByRole('button', { name: 'Pay CN¥50.00' })).toBeNull();
  expect(screen.queryByText('CN¥50.00')).toBeNull();
});

it('still hears of what was paid just before the time ended', async () => {
  const qr = { ...way, kind: 'qr', address: 'weixin://x', image: 'data:image/svg+xml,x' };
  answers['POST /api/bookings/b-1/payment'] = [201, { payment, way: qr }];
  answers['POST /api/payments/p-1/check'] = [200, payment];
  open();
  expect(await screen.findByRole('img', { name: /Code to pay/ })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'The hold ends' }));
  expect(screen.queryByRole('img')).toBeNull();
  answers['POST /api/payments/p-1/check'] = [200, { ...payment, state: 'captured' }];
  expect(await screen.findByText('Paid', {}, { timeout: 5000 })).toBeVisible();
});

it('says that nothing was charged when it was refused, and begins again', async () => {
  answers['POST /api/payments/p-1/demo'] = [200, { ...payment, state: 'failed' }];
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Have the payment refused' }));
  expect(await screen.findByText(/Nothing was charged/)).toBeVisible();
  answers['POST /api/bookings/b-1/payment'] = [201, { payment: { ...payment, id: 'p-2' }, way }];
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/no money moves/)).toBeVisible();
});

it('shows a code to scan and asks by itself whether it was paid', async () => {
  const qr = { ...way, kind: 'qr', address: 'weixin://x', image: 'data:image/svg+xml,x' };
  answers['POST /api/bookings/b-1/payment'] = [201, { payment, way: qr }];
  answers['POST /api/payments/p-1/check'] = [200, payment];
  open();
  expect(await screen.findByRole('img', { name: /Code to pay/ })).toBeVisible();
  answers['POST /api/payments/p-1/check'] = [200, { ...payment, state: 'captured' }];
  await userEvent.click(screen.getByRole('button', { name: 'I have paid' }));
  expect(await screen.findByText('Paid')).toBeVisible();
});

it('says when there is nothing to pay', async () => {
  answers['POST /api/bookings/b-1/payment'] = [409, { code: 'payment.not_due' }];
  open();
  expect(await screen.findByText('There is nothing to pay')).toBeVisible();
});

it('says that nothing was charged when the provider does not answer', async () => {
  answers['POST /api/bookings/b-1/payment'] = [503, { code: 'partner.down' }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('Nothing was charged.');
});

describe('the provider’s form', () => {
  const form = { ...way, kind: 'form', script: 'https://js/v3/', secret: 'pi_s', public_key: 'pk' };
  const confirmPayment = vi.fn();
  const made = vi.fn();

  beforeEach(() => {
    answers['POST /api/bookings/b-1/payment'] = [201, { payment, way: form }];
    answers['POST /api/payments/p-1/check'] = [200, payment];
    confirmPayment.mockReset().mockResolvedValue({});
    window.Stripe = (key) => ({
      elements: (options) => {
        made(key, options.clientSecret);
        return {
          create: () => ({
            mount: (place) => place.append('Card number'),
            unmount: () => undefined,
            on: (event, told) => {
              if (event === 'ready') setTimeout(told);
            },
          }),
        };
      },
      confirmPayment,
    });
  });

  it('is opened for this payment alone, and the hospital asks what became of it', async () => {
    open();
    const pay = await screen.findByRole('button', { name: 'Pay CN¥50.00' });
    await waitFor(() => expect(pay).toBeEnabled());
    expect(made).toHaveBeenCalledWith('pk', 'pi_s');
    expect(screen.getByTestId('card-form')).toHaveTextContent('Card number');
    answers['POST /api/payments/p-1/check'] = [200, { ...payment, state: 'captured' }];
    await userEvent.click(pay);
    expect(await screen.findByText('Paid')).toBeVisible();
  });

  it('says that nothing was charged when the card is refused', async () => {
    confirmPayment.mockResolvedValue({ error: { type: 'card_error', code: 'card_declined' } });
    open();
    const pay = await screen.findByRole('button', { name: 'Pay CN¥50.00' });
    await waitFor(() => expect(pay).toBeEnabled());
    await userEvent.click(pay);
    expect(await screen.findByRole('alert')).toHaveTextContent(/nothing was charged/);
    expect(pay).toBeEnabled();
  });

  it('says so when the form does not come, and tries again', async () => {
    delete window.Stripe;
    open();
    await waitFor(() =>
      expect(document.querySelector('script[src="https://js/v3/"]')).not.toBeNull(),
    );
    document.querySelector('script[src="https://js/v3/"]')?.dispatchEvent(new Event('error'));
    expect(await screen.findByRole('alert')).toHaveTextContent(/did not load/);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(document.querySelector('script[src="https://js/v3/"]')).not.toBeNull();
  });
});
