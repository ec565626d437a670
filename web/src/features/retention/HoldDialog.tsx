import { Radio, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '../../shared/http';
import { useHospitalTime } from '../../shared/session';
import { DecisionDialog } from './DecisionDialog';
import { useRetentionText } from './strings';
import { retentionKey, type KeptRecord } from './types';

export interface HoldDialogProps {
  record: KeptRecord;
  onSaid: (said: string) => void;
  onClose: () => void;
}

/** Places a legal hold on one record or on all of its patient's. */
export function HoldDialog({ record, onSaid, onClose }: HoldDialogProps) {
  const text = useRetentionText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const [whole, setWhole] = useState(false);
  const about = {
    name: record.patient_name,
    day: time.shortDate(record.ended_at ?? record.scheduled_start),
  };
  return (
    <DecisionDialog
      title={text('hold.title')}
      consequence={<p>{text('hold.body')}</p>}
      tone="plain"
      reasonLabel={text('hold.reason')}
      confirmLabel={text('hold.do')}
      onDecide={async ({ reason }) => {
        await http.post('/api/retention/holds', {
          reason,
          ...(whole
            ? { patient_id: record.patient_id }
            : { consultation_id: record.consultation_id }),
        });
        await client.invalidateQueries({ queryKey: retentionKey });
        onSaid(text('said.held', { name: record.patient_name }));
      }}
      onClose={onClose}
    >
      <Radio.Group
        label={text('hold.what')}
        value={whole ? 'patient' : 'record'}
        onChange={(value) => setWhole(value === 'patient')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="record" label={text('hold.record', about)} />
          <Radio value="patient" label={text('hold.patient', about)} />
        </Stack>
      </Radio.Group>
    </DecisionDialog>
  );
}
