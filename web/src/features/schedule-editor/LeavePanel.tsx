import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { describeField, http } from '../../shared/http';
import { useSentences } from '../../shared/i18n';
import { useHospitalTime, useToday } from '../../shared/session';
import { ConfirmDialog, InlineError } from '../../shared/ui';
import { emptyFields } from './hours';
import classes from './Schedule.module.css';
import { useScheduleEditorText } from './strings';
import type { Leave, LeaveEntered, VisitsWithin } from './types';

/** A day on which clocks jump may be shorter than most; no visit is as long. */
const shortestDayMs = 20 * 3_600_000;

export interface LeavePanelProps {
  leaves: readonly Leave[];
  /** How many visits are booked in a leave, where that is known. */
  booked?: ReadonlyMap<string, number>;
  /** Where a new leave is sent. */
  address: string;
  /** Where it is said how many visits a leave would call off. */
  countAddress: string;
  /** Where a leave itself is. */
  addressOf: (id: string) => string;
  onChanged: () => Promise<void>;
}

/** Leave in days of the hospital: what is entered, a new one, taking one away. */
export function LeavePanel({
  leaves,
  booked,
  address,
  countAddress,
  addressOf,
  onChanged,
}: LeavePanelProps) {
  const text = useScheduleEditorText();
  const sentences = useSentences();
  const time = useHospitalTime();
  const today = useToday();
  const [days, setDays] = useState({ from: '', to: '' });
  const [tried, setTried] = useState(false);
  const [removing, setRemoving] = useState<Leave>();
  /** How many visits it would call off, once that was asked and is more than none. */
  const [affected, setAffected] = useState<number>();
  const add = useMutation({
    mutationFn: async ({ sure }: { sure: boolean }) => {
      if (!sure) {
        const { booked: count } = await http.get<VisitsWithin>(countAddress, { query: days });
        if (count > 0) {
          setAffected(count);
          return undefined;
        }
      }
      return http.post<LeaveEntered>(address, days);
    },
    onSuccess: async (made) => {
      if (made === undefined) return;
      setDays({ from: '', to: '' });
      setTried(false);
      await onChanged();
    },
  });
  const empty = emptyFields(days);
  const bind = (field: keyof typeof days) => ({
    value: days[field],
    error: tried && empty.includes(field) ? text('form.missing') : describeField(add.error, field),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDays((before) => ({ ...before, [field]: value }));
      add.reset();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (empty.length === 0) add.mutate({ sure: false });
  };
  // The end is the first moment after the leave: the last day ends a millisecond before.
  const daysOf = ({ begins_at: begins, ends_at: ends }: Leave) => {
    const [first, last] = [time.date(begins), time.date(Date.parse(ends) - 1)];
    // A visit that was called off closes its own time.
    if (Date.parse(ends) - Date.parse(begins) < shortestDayMs)
      return text('leave.ofVisit', {
        when: `${first} ${time.minutes(begins)}–${time.minutes(ends)}`,
      });
    return first === last ? first : text('leave.days', { first, last });
  };
  const visits = add.data?.booked ?? 0;
  return (
    <div className={classes.panel}>
      {leaves.length === 0 ? (
        <p className={classes.quiet}>{text('leave.none')}</p>
      ) : (
        <ul className={classes.rows}>
          {leaves.map((leave) => {
            const count = booked?.get(leave.id) ?? 0;
            return (
              <li key={leave.id} className={classes.row}>
                <span className={classes.words}>
                  <span className={classes.strong}>{daysOf(leave)}</span>
                  {count > 0 && (
                    <span className={classes.quiet}>{text('leave.booked', { count })}</span>
                  )}
                </span>
                <Button
                  variant="subtle"
                  color="bad"
                  size="compact-md"
                  aria-label={text('leave.removeOf', { days: daysOf(leave) })}
                  onClick={() => setRemoving(leave)}
                >
                  {text('remove')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <form onSubmit={submit} noValidate className={classes.adding}>
        <TextInput type="date" min={today} label={text('leave.from')} {...bind('from')} />
        <TextInput type="date" min={days.from || today} label={text('leave.to')} {...bind('to')} />
        <Button type="submit" variant="light" loading={add.isPending}>
          {text('leave.add')}
        </Button>
      </form>
      {add.isError && <InlineError error={add.error} />}
      <p role="status" className={classes.said}>
        {add.data &&
          sentences(text('leave.added'), visits > 0 && text('leave.off', { count: visits }))}
      </p>
      <ConfirmDialog
        opened={affected !== undefined}
        title={text('leave.asking')}
        confirmLabel={text('leave.add')}
        onClose={() => setAffected(undefined)}
        onConfirm={async () => {
          await add.mutateAsync({ sure: true });
        }}
      >
        {affected !== undefined && text('leave.askingBody', { count: affected })}
      </ConfirmDialog>
      <ConfirmDialog
        opened={removing !== undefined}
        title={text('leave.removing')}
        confirmLabel={text('removing.do')}
        onClose={() => setRemoving(undefined)}
        onConfirm={async () => {
          if (!removing) return;
          await http.delete(addressOf(removing.id));
          add.reset();
          await onChanged();
        }}
      >
        {text('leave.removingBody')}
      </ConfirmDialog>
    </div>
  );
}
