import { Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { ConfirmDialog } from '../../shared/ui';
import type { Receipt } from './PaymentsPage';
import { minorOf, plainOf } from './amount';
import { useTillText } from './strings';

/** Asks once how much of a payment goes back. One opening of it is one attempt, however often it is sent. */
export function RefundDialog({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const text = useTillText();
  const format = useFormat();
  const client = useQueryClient();
  const time = useHospitalTime();
  const { id, amount_minor: paid, refunded_minor: back, currency } = receipt.payment;
  const left = paid - back;
  const [key] = useState(() => crypto.randomUUID());
  const [amount, setAmount] = useState(() => plainOf(left, currency));
  const [wrong, setWrong] = useState(false);

  const give = async () => {
    const minor = minorOf(amount, currency);
    if (minor === undefined || minor < 1 || minor > left) {
      setWrong(true);
      throw new ApiError({ status: 409, code: 'refund.too_large' });
    }
    await http.post(
      `/api/payments/${id}/refunds`,
      { amount_minor: minor },
      { headers: { 'Idempotency-Key': key } },
    );
    await client.invalidateQueries({ queryKey: ['till'] });
  };
  return (
    <ConfirmDialog
      opened
      title={text('ask.title')}
      confirmLabel={text('ask.confirm')}
      onConfirm={give}
      onClose={onClose}
    >
      <Stack>
        <p>
          {text('ask.whose', {
            patient: receipt.patient_name,
            doctor: receipt.practitioner_name,
            when: `${time.shortDate(receipt.starts_at)} ${time.minutes(receipt.starts_at)}`,
          })}
        </p>
        <p>{text('ask.detail')}</p>
        <TextInput
          label={text('ask.amount', { currency })}
          description={text('ask.left', { amount: format.money(left, currency) })}
          inputMode="decimal"
          value={amount}
          error={wrong && text('ask.bad')}
          onChange={(event) => {
            setWrong(false);
            setAmount(event.currentTarget.value);
          }}
        />
      </Stack>
    </ConfirmDialog>
  );
}
