import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { describeField, hasCode, http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import { emptyFields, requestOf, type HoursDraft, type HoursField } from './hours';
import classes from './Schedule.module.css';
import { useScheduleEditorText } from './strings';
import { weekdays, type Weekday } from './types';

export interface HoursFormProps {
  start: HoursDraft;
  /** Where it is sent: a doctor's hours for new ones, the hours themselves for a change. */
  address: string;
  onClose: () => void;
  onSaved: () => void;
}

/** Weekly hours, new or changed. Every mistake is said at once, beside its field. */
export function HoursForm({ start, address, onClose, onSaved }: HoursFormProps) {
  const text = useScheduleEditorText();
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () => http.post(address, requestOf(draft)),
    onSuccess: onSaved,
  });
  const empty = emptyFields(draft, ['valid_to']);
  const overlaps = hasCode(save.error, 'schedule.overlap');
  const errorOf = (field: HoursField) => {
    if (tried && empty.includes(field)) return text('form.missing');
    if (field === 'begins' && overlaps) return text('form.overlap');
    return describeField(save.error, field);
  };
  const bind = (field: HoursField) => ({
    value: draft[field],
    error: errorOf(field),
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
  const day = text(`weekday.${Number(start.weekday) as Weekday}`);
  return (
    <Modal opened onClose={onClose} title={text('form.new', { day })} withCloseButton={false}>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <NativeSelect
            label={text('form.weekday')}
            data={weekdays.map((one) => ({ value: String(one), label: text(`weekday.${one}`) }))}
            {...bind('weekday')}
          />
          <div className={classes.pair}>
            <TextInput type="time" label={text('form.begins')} data-autofocus {...bind('begins')} />
            <TextInput type="time" label={text('form.ends')} {...bind('ends')} />
            <TextInput
              type="number"
              min={5}
              max={240}
              label={text('form.slot_minutes')}
              {...bind('slot_minutes')}
            />
            <TextInput
              type="number"
              min={1}
              max={20}
              label={text('form.capacity')}
              {...bind('capacity')}
            />
            <TextInput type="date" label={text('form.valid_from')} {...bind('valid_from')} />
            <TextInput
              type="date"
              label={text('form.valid_to')}
              description={text('form.optional')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...bind('valid_to')}
            />
          </div>
          {save.isError && !overlaps && <InlineError error={save.error} />}
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
