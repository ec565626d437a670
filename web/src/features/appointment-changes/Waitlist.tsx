import { Button, Card, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconHourglassHigh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { components } from '../../protocol/api';
import { ApiError, describeField, http } from '../../shared/http';
import { useIsOther } from '../../shared/session';
import { ConfirmDialog, InlineError } from '../../shared/ui';
import classes from './Changes.module.css';
import { useDo, useJoin, useWaitlist, type Entry } from './changes';
import { useChangesText } from './strings';
import { useMoment } from './useMoment';

export interface WaitlistCardsProps {
  /** Those to which a time is kept, or those that wait: the first are urgent, the others are not. */
  which: Entry['state'];
  /** Where a time that is kept is booked. */
  to: (booking: { id: string; fee_minor: number | null }) => string;
}

/** Where the patient waits, or what is kept from there; nothing while there is none. */
export function WaitlistCards({ which, to }: WaitlistCardsProps) {
  const { data, error } = useWaitlist();
  if (!data) return error && which === 'waiting' ? <InlineError error={error} /> : null;
  return data
    .filter(({ state }) => state === which)
    .map((entry) => <One key={entry.id} entry={entry} to={to} />);
}

function One({ entry, to }: { entry: Entry; to: WaitlistCardsProps['to'] }) {
  const text = useChangesText();
  const moment = useMoment();
  const act = useDo();
  const isOther = useIsOther(entry.patient_name);
  const [asking, setAsking] = useState<'leave' | 'decline'>();
  const name = entry.practitioner_name;
  const title = `waitlist-${entry.id}`;
  const { appointment_id: hold, starts_at: starts, held_until: until, fee_minor: fee } = entry;
  const isOffered = hold !== null && starts !== null && until !== null;
  return (
    <Card component="section" aria-labelledby={title} data-testid="waitlist-entry">
      <Stack gap="sm">
        <h2 id={title} className={classes.title}>
          <IconHourglassHigh size={22} stroke={1.75} aria-hidden />
          {text(isOffered ? 'waitlist.offered' : 'waitlist.waiting', { name })}
        </h2>
        {isOther && (
          <p className={classes.strong}>{text('forWhom', { name: entry.patient_name })}</p>
        )}
        {isOffered ? (
          <>
            <p className={classes.strong}>{moment.at(starts)}</p>
            <p className={classes.quiet}>{text('waitlist.kept', { when: moment.at(until) })}</p>
            <Button component={Link} to={to({ id: hold, fee_minor: fee })}>
              {fee && entry.currency !== null
                ? text('waitlist.pay', { amount: moment.money(fee, entry.currency) })
                : text('waitlist.take')}
            </Button>
            <Button variant="default" onClick={() => setAsking('decline')}>
              {text('waitlist.decline')}
            </Button>
          </>
        ) : (
          <p className={classes.quiet}>
            {text('waitlist.days', {
              from: moment.day(entry.begins_at),
              // The end is the first moment after the last day.
              to: moment.day(new Date(Date.parse(entry.ends_at) - 1).toISOString()),
            })}
          </p>
        )}
        <Button variant="subtle" onClick={() => setAsking('leave')}>
          {text('waitlist.leave')}
        </Button>
      </Stack>
      <ConfirmDialog
        opened={asking === 'decline'}
        tone="plain"
        title={text('waitlist.declineTitle')}
        confirmLabel={text('waitlist.decline')}
        onConfirm={() => act(`/api/bookings/${hold ?? ''}/release`)}
        onClose={() => setAsking(undefined)}
      >
        {text('waitlist.declineBody')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'leave'}
        tone="plain"
        title={text('waitlist.leaveTitle')}
        confirmLabel={text('waitlist.leave')}
        onConfirm={() => act(`/api/waitlist/${entry.id}/leave`)}
        onClose={() => setAsking(undefined)}
      >
        {text('waitlist.leaveBody', { name })}
      </ConfirmDialog>
    </Card>
  );
}

type Doctor = components['schemas']['DoctorPage'];

/** For whom one can wait, and the part of the form that asks it. */
export interface WhomWaits {
  patient_id: string | null;
  guardian_consents: boolean;
  /** Whether nothing is missing; `choice` says what is, once one tried to go on. */
  whole: boolean;
  choice: (asked: boolean) => ReactNode;
  /** The family members beside the own person. */
  family: readonly string[];
}

export interface JoinWaitlistProps {
  doctorId: string;
  whom: WhomWaits;
  /** Where a time is booked that is free already. */
  bookTo: (startsAt: string) => string;
}

/** The way onto a doctor's waitlist: large where no time is free, else a quiet one below the times. */
export function JoinWaitlist({ doctorId, whom, bookTo }: JoinWaitlistProps) {
  const text = useChangesText();
  const [opened, setOpened] = useState(false);
  const doctor = useQuery({
    queryKey: ['doctor', doctorId],
    queryFn: ({ signal }) => http.get<Doctor>(`/api/doctors/${doctorId}`, { signal }),
  });
  const waitlist = useWaitlist();
  if (!doctor.data || !waitlist.data) return null;
  const { name, next_free: free } = doctor.data;
  const waiting = waitlist.data.filter((entry) => entry.practitioner_id === doctorId);
  const all = waiting.length > whom.family.length;
  return (
    <div className={classes.below}>
      {waiting.map((entry) => (
        <Waiting key={entry.id} name={name} patient={entry.patient_name} />
      ))}
      {all ? null : free.length === 0 && waiting.length === 0 ? (
        <>
          <div>
            <h3 className={classes.heading}>{text('waitlist.full')}</h3>
            <p className={classes.quiet}>{text('waitlist.fullNext')}</p>
          </div>
          <Button onClick={() => setOpened(true)}>{text('waitlist.join')}</Button>
        </>
      ) : (
        <Button variant="subtle" className={classes.wraps} onClick={() => setOpened(true)}>
          {text('waitlist.other')}
        </Button>
      )}
      <Join
        doctorId={doctorId}
        whom={whom}
        bookTo={bookTo}
        name={name}
        opened={opened}
        onClose={() => setOpened(false)}
      />
    </div>
  );
}

function Waiting({ name, patient }: { name: string; patient: string }) {
  const text = useChangesText();
  const isOther = useIsOther(patient);
  return (
    <div role="status">
      <p className={classes.strong}>
        {text('waitlist.waiting', { name })}
        {isOther && <> · {text('forWhom', { name: patient })}</>}
      </p>
      <p className={classes.quiet}>{text('waitlist.any')}</p>
    </div>
  );
}

interface JoinProps extends JoinWaitlistProps {
  name: string;
  opened: boolean;
  onClose: () => void;
}

function Join({ doctorId, whom, bookTo, name, opened, onClose }: JoinProps) {
  const text = useChangesText();
  const moment = useMoment();
  const [days, setDays] = useState({ from: '', to: '' });
  const [asked, setAsked] = useState(false);
  const { join, isPending, isError, error, reset } = useJoin();
  const free = error instanceof ApiError ? (error.alternatives ?? []) : [];
  const bind = (field: keyof typeof days) => ({
    type: 'date',
    value: days[field],
    error: describeField(error, field),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDays((before) => ({ ...before, [field]: value }));
      reset();
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={text('waitlist.joinTitle', { name })}
      closeButtonProps={{ 'aria-label': text('waitlist.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (!whom.whole) return;
          join({
            practitioner_id: doctorId,
            from: days.from || null,
            to: days.to || null,
            patient_id: whom.patient_id,
            guardian_consents: whom.guardian_consents,
          }).then(onClose, () => undefined);
        }}
      >
        <Stack gap="md">
          <p>{text('waitlist.joinBody')}</p>
          {whom.choice(asked)}
          <TextInput label={text('waitlist.from')} {...bind('from')} />
          <TextInput label={text('waitlist.to')} {...bind('to')} />
          {isError && <InlineError error={error} />}
          {free.length > 0 && (
            <section>
              <p className={classes.quiet}>{text('waitlist.free', { name })}</p>
              <Stack gap="xs" mt="xs">
                {free.map(({ starts_at: at }) => (
                  <Button key={at} variant="default" component={Link} to={bookTo(at)}>
                    {text('waitlist.book', { when: moment.at(at) })}
                  </Button>
                ))}
              </Stack>
            </section>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={isPending}>
              {text('waitlist.join')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
