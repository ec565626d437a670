import { Button, Card, Stack } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { useIsOther } from '../../shared/session';
import { ConfirmDialog, InlineError } from '../../shared/ui';
import classes from './FollowUps.module.css';
import { useFollowUpText } from './strings';

type FollowUp = components['schemas']['FollowUpView'];

const queryKey = ['follow-ups'];
/** A doctor proposes one minutes after the call, when the notes are written. */
const lookAgainMs = 10_000;

export interface FollowUpsProps {
  /** The consultation whose proposal alone is shown, and looked for while the page stays open. */
  of?: string | undefined;
  /** Where all times of a doctor are. */
  to: (practitionerId: string) => string;
  /** A few times to choose from at once. */
  choices: (item: FollowUp) => ReactNode;
}

/** What doctors proposed to the patient and is not booked yet; nothing while there is none. */
export function FollowUps({ of, to, choices }: FollowUpsProps) {
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      http.get<components['schemas']['FollowUps']>('/api/follow-ups', { signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: of === undefined ? false : lookAgainMs,
  });
  if (!data) return error ? <InlineError error={error} /> : null;
  const those = data.follow_ups.filter((one) => of === undefined || one.consultation_id === of);
  return those.map((item) => (
    <One
      key={item.consultation_id}
      item={item}
      to={to(item.practitioner_id)}
      choices={choices(item)}
    />
  ));
}

function One({ item, to, choices }: { item: FollowUp; to: string; choices: ReactNode }) {
  const text = useFollowUpText();
  // A day of the calendar, which has no zone: noon keeps it the same one everywhere.
  const format = useFormat('UTC');
  const client = useQueryClient();
  const isOther = useIsOther(item.patient_name);
  const [asking, setAsking] = useState(false);
  const name = item.practitioner_name;
  const title = `follow-up-${item.consultation_id}`;
  return (
    <Card component="section" aria-labelledby={title}>
      <Stack gap="sm">
        <h2 id={title} className={classes.title}>
          <IconCalendarPlus size={22} stroke={1.75} aria-hidden />
          {text('booking', { name })}
        </h2>
        {isOther && <p className={classes.due}>{text('forWhom', { name: item.patient_name })}</p>}
        <p className={classes.due}>
          {text('due', { day: format.date(`${item.due_on}T12:00:00Z`) })}
        </p>
        <p className={classes.why}>
          {item.why === null ? text('unreadable') : text('reason', { why: item.why })}
        </p>
        {choices}
        <div className={classes.acts}>
          <Button component={Link} to={to} variant="light">
            {text('book')}
          </Button>
          <Button variant="default" onClick={() => setAsking(true)}>
            {text('dismiss')}
          </Button>
        </div>
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={text('dismissTitle')}
        confirmLabel={text('dismissConfirm')}
        tone="plain"
        onConfirm={async () => {
          await http.post(`/api/consultations/${item.consultation_id}/follow-up/dismiss`);
          await client.invalidateQueries({ queryKey });
        }}
        onClose={() => setAsking(false)}
      >
        {text('dismissBody', { name })}
      </ConfirmDialog>
    </Card>
  );
}
