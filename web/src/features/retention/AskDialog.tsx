import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '../../shared/http';
import { useHospitalTime, useToday } from '../../shared/session';
import { DecisionDialog } from './DecisionDialog';
import { useRetentionText } from './strings';
import { retentionKey, type KeptRecord, type Requested, type Terms } from './types';

export interface AskDialogProps {
  /** One record, or all that are due by a day. */
  about: KeptRecord | 'due';
  terms: Terms;
  onSaid: (said: string) => void;
  onClose: () => void;
}

/** Asks for a destruction: what it means, who else must agree, why, and the password. */
export function AskDialog({ about, terms, onSaid, onClose }: AskDialogProps) {
  const text = useRetentionText();
  const time = useHospitalTime();
  const today = useToday();
  const client = useQueryClient();
  const [day, setDay] = useState(today);

  const which = about === 'due' ? { due_by: day } : { consultation_id: about.consultation_id };
  return (
    <DecisionDialog
      title={
        about === 'due'
          ? text('ask.titleDue')
          : text('ask.title', {
              name: about.patient_name,
              day: time.shortDate(about.ended_at ?? about.scheduled_start),
            })
      }
      consequence={
        <>
          <p>{text('ask.next', { hours: terms.request_hours })}</p>
          <p>{text('consequence')}</p>
        </>
      }
      reasonLabel={text('ask.reason')}
      withPassword
      confirmLabel={text('ask.do')}
      onDecide={async ({ reason, password }) => {
        const made = await http.post<Requested>('/api/retention/requests', {
          ...which,
          reason,
          password,
        });
        await client.invalidateQueries({ queryKey: retentionKey });
        const said = text('said.asked', { count: made.request.records });
        const out = made.left_out.length;
        onSaid(
          [
            said,
            out > 0 ? text('said.leftOut', { count: out }) : '',
            made.more ? text('said.more', { count: terms.records_per_request }) : '',
          ]
            .filter(Boolean)
            .join(' '),
        );
      }}
      onClose={onClose}
    >
      {about === 'due' && (
        <TextInput
          type="date"
          label={text('ask.day')}
          description={text('ask.dayHint', { count: terms.records_per_request })}
          max={today}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
      )}
    </DecisionDialog>
  );
}
