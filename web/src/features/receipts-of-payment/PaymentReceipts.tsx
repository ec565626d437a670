import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { formatTimecode, useFormat } from '../../shared/i18n';
import { useIsOther } from '../../shared/session';
import { StateView } from '../../shared/ui';
import classes from './PaymentReceipts.module.css';
import { useReceiptsText } from './strings';

type Receipts = components['schemas']['Receipts'];
type Receipt = components['schemas']['ReceiptView'];
type Decision = components['schemas']['DecisionView'];

/** What the patient paid for visits, and what went back, each with its reason and evidence. */
export function PaymentReceipts({ hospitalZone }: { hospitalZone: string | undefined }) {
  const text = useReceiptsText();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['payments'],
    queryFn: ({ signal }) => http.get<Receipts>('/api/payments', { signal }),
    refetchOnWindowFocus: false,
  });
  if (isPending) return <StateView kind="loading" shape="list" />;
  if (!data) return <StateView kind="error" error={error} onRetry={() => void refetch()} />;
  if (data.receipts.length === 0) {
    return (
      <StateView kind="empty" icon={IconReceipt} title={text('none')} detail={text('noneNext')} />
    );
  }
  return (
    <ul className={classes.list} aria-label={text('list')}>
      {data.receipts.map((receipt) => (
        <One key={receipt.payment.id} receipt={receipt} hospitalZone={hospitalZone} />
      ))}
    </ul>
  );
}

function One({ receipt, hospitalZone }: { receipt: Receipt; hospitalZone: string | undefined }) {
  const text = useReceiptsText();
  const format = useFormat(hospitalZone);
  const isOther = useIsOther(receipt.patient_name);
  const { payment } = receipt;
  const money = (minor: number) => format.money(minor, payment.currency);
  return (
    <li className={classes.receipt}>
      <p className={classes.top}>
        <span>
          {text('visit', {
            doctor: receipt.practitioner_name,
            when: format.dateTime(receipt.starts_at),
          })}
        </span>
        <span className={classes.amount}>{money(payment.amount_minor)}</span>
      </p>
      {isOther && (
        <p className={classes.quiet}>{text('forWhom', { name: receipt.patient_name })}</p>
      )}
      {payment.captured_at !== null && (
        <p className={classes.quiet}>
          {text('paidAt', { when: format.dateTime(payment.captured_at) })}
        </p>
      )}
      {receipt.refunds.map((refund) => (
        <div key={refund.id} className={classes.part}>
          <p>{text(`refund.${refund.state}`, { amount: money(refund.amount_minor) })}</p>
          <p className={classes.quiet}>{text(`reason.${refund.reason}`)}</p>
        </div>
      ))}
      {receipt.decision !== null && (
        <Grounds decision={receipt.decision} hospitalZone={hospitalZone} />
      )}
    </li>
  );
}

function Grounds({
  decision,
  hospitalZone,
}: {
  decision: Decision;
  hospitalZone: string | undefined;
}) {
  const text = useReceiptsText();
  const format = useFormat(hospitalZone);
  const { evidence } = decision;
  const at = (moment: string | null) =>
    moment === null ? text('evidence.never') : format.time(moment);
  return (
    <div className={classes.part}>
      <p className={classes.quiet}>{text('decided')}</p>
      {decision.percent === 0 && <p>{text(`reason.${decision.reason}`)}</p>}
      <dl className={classes.facts}>
        <dt>{text('evidence.patient')}</dt>
        <dd>{at(evidence.patient_came_at)}</dd>
        <dt>{text('evidence.doctor')}</dt>
        <dd>{at(evidence.doctor_came_at)}</dd>
        <dt>{text('evidence.connected')}</dt>
        <dd>{formatTimecode(evidence.connected_s)}</dd>
      </dl>
    </div>
  );
}
