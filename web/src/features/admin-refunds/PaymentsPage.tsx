import { Button, TextInput } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconRefresh,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { DenseTable, Page, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { formatTimecode, useFormat } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { InlineError, StateView, StatusPill } from '../../shared/ui';
import { Compared } from './Compared';
import { Figures } from './Figures';
import classes from './PaymentsPage.module.css';
import { RefundDialog } from './RefundDialog';
import { useTillText } from './strings';

export type Till = components['schemas']['TillView'];
export type Receipt = components['schemas']['ReceiptView'];
type Refund = components['schemas']['RefundView'];

const PILLS = {
  created: [IconClock, 'neutral'],
  processing: [IconClock, 'amber'],
  captured: [IconCircleCheck, 'good'],
  failed: [IconCircleX, 'bad'],
  cancelled: [IconCircleX, 'neutral'],
} as const;

/** Payments of some days, what went back and why, and the comparison with the provider's list. */
export function PaymentsPage() {
  const text = useTillText();
  const client = useQueryClient();
  const [days, setDays] = useState({ from: '', to: '' });
  const [shown, setShown] = useState(days);
  const [giving, setGiving] = useState<Receipt>();
  const queryKey = ['till', shown];
  const till = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      http.get<Till>('/api/till', {
        signal,
        query: { from: shown.from || undefined, to: shown.to || undefined },
      }),
    refetchOnWindowFocus: false,
  });
  const retry = useMutation({
    mutationFn: ({ id }: Refund) => http.post<Refund>(`/api/refunds/${id}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey: ['till'] }),
  });
  const columns = useColumns(setGiving, (refund) => retry.mutate(refund));
  const rows = till.data?.receipts;

  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      actions={
        <form
          className={classes.days}
          onSubmit={(event) => {
            event.preventDefault();
            setShown(days);
          }}
        >
          {(['from', 'to'] as const).map((name) => (
            <TextInput
              key={name}
              type="date"
              label={text(name)}
              value={days[name] || (till.data?.[name === 'from' ? 'first_day' : 'last_day'] ?? '')}
              onChange={(event) => setDays({ ...days, [name]: event.currentTarget.value })}
            />
          ))}
          <Button type="submit" variant="default" loading={till.isFetching}>
            {text('show')}
          </Button>
        </form>
      }
    >
      {retry.isError && <InlineError error={retry.error} />}
      {till.isError ? (
        <StateView kind="error" error={till.error} onRetry={() => void till.refetch()} />
      ) : (
        <>
          {till.data && till.data.refused.length > 0 && (
            <section>
              <h2 className={classes.heading}>{text('refused')}</h2>
              <DenseTable
                label={text('refused')}
                columns={columns}
                rows={till.data.refused}
                rowKey={({ payment }) => payment.id}
              />
            </section>
          )}
          {till.data && <Figures till={till.data} />}
          {rows?.length === 0 ? (
            <StateView kind="empty" title={text('empty.what')} detail={text('empty.next')} />
          ) : (
            <DenseTable
              label={text('list')}
              columns={columns}
              rows={rows}
              rowKey={({ payment }) => payment.id}
              expected={4}
            />
          )}
          {till.data?.more === true && <p className={classes.note}>{text('more')}</p>}
          {till.data && <Compared days={till.data.reconciliations} />}
        </>
      )}
      {giving && <RefundDialog receipt={giving} onClose={() => setGiving(undefined)} />}
    </Page>
  );
}

function useColumns(
  onGive: (receipt: Receipt) => void,
  onRetry: (refund: Refund) => void,
): Column<Receipt>[] {
  const text = useTillText();
  const time = useHospitalTime();
  const format = useFormat();
  const moment = (at: string) => `${time.shortDate(at)} ${time.minutes(at)}`;
  const came = (at: string | null) => (at === null ? text('never') : time.minutes(at));
  return [
    {
      key: 'when',
      head: text('column.when'),
      cell: ({ payment }) => moment(payment.created_at),
    },
    {
      key: 'patient',
      head: text('column.patient'),
      cell: ({ patient_name: patient }) => <bdi>{patient}</bdi>,
    },
    {
      key: 'visit',
      head: text('column.visit'),
      lead: true,
      cell: ({ practitioner_name: doctor, starts_at: at }) => (
        <div className={classes.cell}>
          <bdi>{doctor}</bdi>
          <span className={classes.note}>{moment(at)}</span>
        </div>
      ),
    },
    {
      key: 'amount',
      head: text('column.amount'),
      numeric: true,
      cell: ({ payment }) => format.money(payment.amount_minor, payment.currency),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ payment: { state } }) => {
        const [icon, tone] = PILLS[state];
        return (
          <StatusPill icon={icon} tone={tone}>
            {text(`state.${state}`)}
          </StatusPill>
        );
      },
    },
    {
      key: 'back',
      head: text('column.back'),
      cell: ({ refunds, decision }) => (
        <div className={classes.cell}>
          {refunds.map((refund) => (
            <span key={refund.id}>
              {format.money(refund.amount_minor, refund.currency)} ·{' '}
              {text(`reason.${refund.reason}`)} ·{' '}
              {text(`refundState.${refund.state}`, { problem: refund.problem ?? '' })}
              {refund.state === 'failed' && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconRefresh size={16} aria-hidden />}
                  onClick={() => onRetry(refund)}
                >
                  {text('retry')}
                </Button>
              )}
            </span>
          ))}
          {decision !== null && (
            <span className={classes.note}>
              {decision.percent === 0 && `${text(`reason.${decision.reason}`)} · `}
              {text('evidence', {
                patient: came(decision.evidence.patient_came_at),
                doctor: came(decision.evidence.doctor_came_at),
                both: formatTimecode(decision.evidence.connected_s),
              })}
            </span>
          )}
        </div>
      ),
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: (receipt) => {
        const { payment, patient_name: patient } = receipt;
        if (payment.state !== 'captured' || payment.refunded_minor >= payment.amount_minor) {
          return null;
        }
        const amount = format.money(payment.amount_minor, payment.currency);
        return (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            aria-label={text('giveOf', { amount, patient })}
            onClick={() => onGive(receipt)}
          >
            {text('give')}
          </Button>
        );
      },
    },
  ];
}
