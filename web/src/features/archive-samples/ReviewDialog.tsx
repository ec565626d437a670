import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { describeField } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import { keepReview, listKey, type Finding, type Sampled } from './samples';
import { useSamplesText } from './strings';

export interface ReviewDialogProps {
  sampleId: string;
  sampled: Sampled;
  onClose: () => void;
}

/** Marks one sampled record as reviewed: nothing found, or what was. */
export function ReviewDialog({ sampleId, sampled, onClose }: ReviewDialogProps) {
  const text = useSamplesText();
  const client = useQueryClient();
  const [finding, setFinding] = useState<Finding>(sampled.review?.finding ?? 'none');
  const [note, setNote] = useState(sampled.review?.note ?? '');
  const keep = useMutation({
    mutationFn: () =>
      keepReview(sampleId, {
        consultation_id: sampled.consultation_id,
        finding,
        note: finding === 'note' ? note : null,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: listKey });
      onClose();
    },
  });
  const mistake = describeField(keep.error, 'note');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    keep.mutate();
  };

  return (
    <Modal opened onClose={onClose} title={text('dialogTitle')} withCloseButton={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <p>{text('dialogWhat')}</p>
          <Radio.Group
            label={text('result')}
            value={finding}
            onChange={(value) => setFinding(value)}
          >
            <Stack gap="xs" mt="xs">
              <Radio size="md" value="none" label={text('finding.none')} data-autofocus />
              <Radio size="md" value="note" label={text('finding.note')} />
            </Stack>
          </Radio.Group>
          {finding === 'note' && (
            <Textarea
              label={text('note')}
              autosize
              minRows={3}
              maxRows={8}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              error={mistake}
            />
          )}
          {keep.isError && mistake === undefined && <InlineError error={keep.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={keep.isPending}>
              {text('leave')}
            </Button>
            <Button type="submit" loading={keep.isPending}>
              {text('keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
