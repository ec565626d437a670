import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { describeField, http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import { emptyFields, endOf } from './hours';
import classes from './Schedule.module.css';
import { useScheduleEditorText } from './strings';
import type { NewException, VisitsWithin } from './types';

export interface ExceptionFormProps {
  today: string;
  address: string;
  /** Where it is said how many visits closing hours would call off. */
  countAddress: string;
  onClose: () => void;
  onSaved: () => void;
}

/** A day that is different from its weekday. */
export function ExceptionForm({
  today,
  address,
  countAddress,
  onClose,
  onSaved,
}: ExceptionFormProps) {
  const text = useScheduleEditorText();
  const [kind, setKind] = useState<NewException['kind']>('extra');
  const [draft, setDraft] = useState({
    day: today,
    begins: '09:00',
    ends: '12:00',
    slot_minutes: '20',
    capacity: '1',
  });
  const [tried, setTried] = useState(false);
  /** How many visits it would call off, once that was asked and is more than none. */
  const [affected, setAffected] = useState(0);
  const save = useMutation({
    mutationFn: async () => {
      const { day, begins } = draft;
      const ends = endOf(draft.ends);
      const capacity = Number(draft.capacity);
      if (kind === 'capacity' && capacity === 0 && affected === 0) {
        const { booked } = await http.get<VisitsWithin>(countAddress, {
          query: { day, begins, ends },
        });
        setAffected(booked);
        if (booked > 0) return false;
      }
      await http.post(address, {
        kind,
        day,
        begins,
        ends,
        slot_minutes: kind === 'extra' ? Number(draft.slot_minutes) : 0,
        capacity,
        // The hospital's own.
        time_zone: null,
      } satisfies NewException);
      return true;
    },
    onSuccess: (saved) => {
      if (saved) onSaved();
    },
  });
  const changed = () => {
    setAffected(0);
    save.reset();
  };
  const empty = emptyFields(draft, kind === 'capacity' ? ['slot_minutes'] : []);
  const bind = (field: keyof typeof draft) => ({
    value: draft[field],
    error: tried && empty.includes(field) ? text('form.missing') : describeField(save.error, field),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [field]: value }));
      changed();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (empty.length === 0) save.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={text('exceptions.add')} withCloseButton={false}>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <NativeSelect
            label={text('exceptions.kind')}
            value={kind}
            onChange={(event) => {
              setKind(event.currentTarget.value as NewException['kind']);
              changed();
            }}
            data={(['extra', 'capacity'] as const).map((value) => ({
              value,
              label: text(`exceptions.${value}`),
            }))}
          />
          <TextInput type="date" min={today} label={text('exceptions.day')} {...bind('day')} />
          <div className={classes.pair}>
            <TextInput type="time" label={text('form.begins')} {...bind('begins')} />
            <TextInput type="time" label={text('form.ends')} {...bind('ends')} />
            {kind === 'extra' && (
              <TextInput
                type="number"
                min={5}
                max={240}
                label={text('form.slot_minutes')}
                {...bind('slot_minutes')}
              />
            )}
            <TextInput
              type="number"
              min={kind === 'extra' ? 1 : 0}
              max={20}
              label={text('form.capacity')}
              {...bind('capacity')}
            />
          </div>
          <div role="status">
            {affected > 0 && (
              <p className={classes.warning}>
                <IconAlertTriangle size={20} stroke={1.75} aria-hidden />
                {text('leave.askingBody', { count: affected })}
              </p>
            )}
          </div>
          {save.isError && <InlineError error={save.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {text('form.cancel')}
            </Button>
            <Button type="submit" color={affected > 0 ? 'bad' : 'brand'} loading={save.isPending}>
              {affected > 0 ? text('exceptions.close', { count: affected }) : text('form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
