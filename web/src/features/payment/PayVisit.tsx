import { Button, Card, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconCircleX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { components } from '../../protocol/api';
import { hasCode, http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { InlineError, StateView } from '../../shared/ui';
import { CardForm } from './CardForm';
import classes from './PayVisit.module.css';
import { usePaymentText } from './strings';

type Started = components['schemas']['PaymentStarted'];
type Payment = components['schemas']['PaymentView'];
type Choice = components['schemas']['DemoPayment']['choice'];

const POLL_MS = 3000;

export interface PayVisitProps {
  bookingId: string;
  /** Where the patient sees what became of the booking. */
  visitsPath: string;
  /** The time is kept no longer: there is nothing to press, and only what was paid just before counts. */
  ended: boolean;
  /** Told once the money has arrived. */
  onPaid: () => void;
}

/** Paying for a held visit, from how to do it to what became of it. */
export function PayVisit({ bookingId, visitsPath, ended, onPaid }: PayVisitProps) {
  const text = usePaymentText();
  const started = useQuery({
    queryKey: ['payment', bookingId],
    queryFn: () => http.post<Started>(`/api/bookings/${bookingId}/payment`),
    refetchOnWindowFocus: false,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });

  if (ended && !started.data) return null;
  if (started.isPending) return <StateView kind="loading" shape="card" />;
  if (hasCode(started.error, 'payment.not_due')) {
    return (
      <StateView
        kind="finished"
        title={text('notDue.title')}
        detail={text('notDue.detail')}
        action={{ label: text('notDue.go'), to: visitsPath }}
      />
    );
  }
  if (!started.data) {
    return (
      <StateView
        kind="error"
        error={started.error}
        safe={text('safe')}
        onRetry={() => void started.refetch()}
      />
    );
  }
  return (
    <Paying
      key={started.data.payment.id}
      started={started.data}
      visitsPath={visitsPath}
      ended={ended}
      onPaid={onPaid}
      onAgain={() => void started.refetch()}
    />
  );
}

interface PayingProps {
  started: Started;
  visitsPath: string;
  ended: boolean;
  onPaid: () => void;
  onAgain: () => void;
}

function Paying({ started, visitsPath, ended, onPaid, onAgain }: PayingProps) {
  const text = usePaymentText();
  const format = useFormat();
  const { id, amount_minor: minor, currency } = started.payment;
  const amount = format.money(minor, currency);
  const [taken, setTaken] = useState(false);
  const choose = useMutation({
    mutationFn: (choice: Choice) => http.post<Payment>(`/api/payments/${id}/demo`, { choice }),
  });
  const look = useQuery({
    queryKey: ['payment-state', id],
    queryFn: () => http.post<Payment>(`/api/payments/${id}/check`),
    enabled: started.way.kind !== 'demo',
    refetchInterval: ({ state }) => {
      const waits = started.way.kind === 'qr' || taken;
      return waits && isOpen(state.data?.state ?? 'created') ? POLL_MS : false;
    },
    gcTime: 0,
  });
  const state = (choose.data ?? look.data ?? started.payment).state;
  const paid = state === 'captured';
  const tell = useEffectEvent(onPaid);
  useEffect(() => {
    if (paid) tell();
  }, [paid]);

  if (paid) {
    return (
      <StateView
        kind="finished"
        title={text('paid.title')}
        detail={text('paid.detail', { amount })}
        action={{ label: text('paid.go'), to: visitsPath }}
      />
    );
  }
  if (ended) return null;
  if (!isOpen(state)) {
    return (
      <StateView
        kind="empty"
        icon={IconCircleX}
        title={text('failed.title')}
        detail={text('failed.detail')}
        action={{ label: text('failed.again'), onPress: onAgain }}
      />
    );
  }
  return (
    <Card>
      <Stack gap="md">
        <div>
          <p className={classes.quiet}>{text('amount')}</p>
          <p className={classes.amount}>{amount}</p>
        </div>
        <How
          started={started}
          amount={amount}
          pending={choose.isPending ? choose.variables : undefined}
          onChoose={choose.mutate}
          onTaken={() => {
            setTaken(true);
            void look.refetch();
          }}
        />
        {choose.isError && <InlineError error={choose.error} />}
        {look.isError && <InlineError error={look.error} />}
        {started.way.kind !== 'demo' && started.way.kind !== 'form' && (
          <Button variant="default" loading={look.isFetching} onClick={() => void look.refetch()}>
            {text('check')}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

interface HowProps {
  started: Started;
  amount: string;
  pending: Choice | undefined;
  onChoose: (choice: Choice) => void;
  onTaken: () => void;
}

function How({ started, amount, pending, onChoose, onTaken }: HowProps) {
  const text = usePaymentText();
  const { way } = started;
  const busy = pending !== undefined;
  switch (way.kind) {
    case 'demo':
      return (
        <>
          <p className={classes.demo}>
            <strong>{text('demo.title')}</strong>
            <br />
            {text('demo.lead')}
          </p>
          <Button loading={pending === 'pay'} disabled={busy} onClick={() => onChoose('pay')}>
            {text('demo.pay', { amount })}
          </Button>
          <Button
            variant="default"
            loading={pending === 'decline'}
            disabled={busy}
            onClick={() => onChoose('decline')}
          >
            {text('demo.decline')}
          </Button>
          <Button
            variant="subtle"
            loading={pending === 'cancel'}
            disabled={busy}
            onClick={() => onChoose('cancel')}
          >
            {text('demo.cancel')}
          </Button>
        </>
      );
    case 'redirect':
      return (
        <>
          <p>{text('redirect.lead')}</p>
          <Button component="a" href={way.address ?? ''} rel="noreferrer">
            {text('redirect.go', { amount })}
          </Button>
        </>
      );
    case 'qr':
      return (
        <>
          <p>{text('qr.lead')}</p>
          <img className={classes.code} src={way.image ?? ''} alt={text('qr.alt', { amount })} />
          <p className={classes.quiet}>{text('qr.wait')}</p>
        </>
      );
    case 'form':
      return (
        <CardForm
          script={way.script ?? ''}
          publicKey={way.public_key ?? ''}
          secret={way.secret ?? ''}
          amount={amount}
          onTaken={onTaken}
        />
      );
  }
}

function isOpen(state: Payment['state']): boolean {
  return state === 'created' || state === 'processing';
}
