import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { describeField, http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import { emptyFields, endOf } from './hours';
import classes from './Schedule.module.css';
import { useScheduleEditorText } from './strings';
import type { NewException } from './types';

export interface ExceptionFormProps {
  today: string;
  address: string;
  onClose: () => void;
  onSaved: () => void;
}

/** A day that is different from its weekday. */
export function ExceptionForm({ today, address, onClose, onSaved }: ExceptionFormProps) {
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
  const save = useMutation({
    mutationFn: () =>
      http.post(address, {
        kind,
        day: draft.day,
        begins: draft.begins,
        ends: endOf(draft.ends),
        slot_minutes: kind === 'extra' ? Number(draft.slot_minutes) : 0,
        capacity: Number(draft.capacity),
        // The hospital's own.
        time_zone: null,
      } satisfies NewException),
    onSuccess: onSaved,
  });
  const empty = emptyFields(draft, kind === 'capacity' ? ['slot_minutes'] : []);
  const bind = (field: keyof typeof draft) => ({
    value: draft[field],
    error: tried && empty.includes(field) ? text('form.missing') : describeField(save.error, field),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [field]: value }));
      save.reset();
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
            onChange={(event) => setKind(event.currentTarget.value as NewException['kind'])}
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
          {save.isError && <InlineError error={save.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {text('form.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {text('form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
