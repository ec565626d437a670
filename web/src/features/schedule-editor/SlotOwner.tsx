import { Button, NumberInput, Radio, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { describeField, http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import classes from './Schedule.module.css';
import { useScheduleEditorText } from './strings';
import type { SlotOwnership } from './types';

export interface SlotOwnerProps {
  owned: SlotOwnership;
  /** Whether the hospital's own system can be asked at all. */
  connected: boolean;
  address: string;
  onChanged: () => Promise<void>;
}

/** Who decides about a doctor's slots, and how many the hospital's own system leaves to us. */
export function SlotOwner({ owned, connected, address, onChanged }: SlotOwnerProps) {
  const text = useScheduleEditorText();
  const [owner, setOwner] = useState(owned.owner);
  const [quota, setQuota] = useState<number | string>(owned.quota_a_day);
  const save = useMutation({
    mutationFn: () =>
      http.post<SlotOwnership>(address, {
        owner,
        quota_a_day: owner === 'his' ? Math.trunc(Number(quota)) : 0,
      }),
    onSuccess: onChanged,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const unchanged =
    owner === owned.owner && (owner === 'ours' || Number(quota) === owned.quota_a_day);
  return (
    <form onSubmit={submit} noValidate className={classes.panel}>
      <Radio.Group
        value={owner}
        onChange={(value) => {
          setOwner(value === 'his' ? 'his' : 'ours');
          save.reset();
        }}
        aria-label={text('owner.title')}
      >
        <Stack gap="sm">
          <Radio value="ours" label={text('owner.ours')} description={text('owner.oursHint')} />
          <Radio
            value="his"
            label={text('owner.his')}
            description={text(connected ? 'owner.hisHint' : 'owner.away')}
            disabled={!connected && owned.owner === 'ours'}
          />
        </Stack>
      </Radio.Group>
      {owner === 'his' && (
        <NumberInput
          label={text('owner.quota')}
          description={text('owner.quotaHint')}
          min={0}
          allowDecimal={false}
          allowNegative={false}
          maw={320}
          value={quota}
          error={describeField(save.error, 'quota_a_day')}
          onChange={(value) => {
            setQuota(value);
            save.reset();
          }}
        />
      )}
      <div>
        <Button type="submit" variant="light" loading={save.isPending} disabled={unchanged}>
          {text('owner.save')}
        </Button>
      </div>
      {save.isError && <InlineError error={save.error} />}
      <p role="status" className={classes.said}>
        {save.isSuccess && text('owner.saved')}
      </p>
    </form>
  );
}
