import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCalendarPlus, IconCheck } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { describeField, http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import { useFollowUpText } from './strings';

const whyMax = 300;

export interface ProposeFollowUpProps {
  consultationId: string;
  patientName: string;
}

/** The doctor's way to ask a patient to come again: a day and a reason. A visit has one. */
export function ProposeFollowUp({ consultationId, patientName }: ProposeFollowUpProps) {
  const text = useFollowUpText();
  const [opened, setOpened] = useState(false);
  const [dueOn, setDueOn] = useState('');
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const proposal = useMutation({
    mutationFn: () =>
      http.post(`/api/consultations/${consultationId}/follow-up`, { due_on: dueOn, why }),
    onSuccess: () => setOpened(false),
  });
  const missing = (value: string) => asked && value.trim() === '' && text('missing');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (dueOn !== '' && why.trim() !== '' && !proposal.isPending) proposal.mutate();
  };
  if (proposal.isSuccess) {
    return (
      <Group gap="xs" role="status" wrap="nowrap">
        <IconCheck size={18} aria-hidden />
        {text('done')}
      </Group>
    );
  }
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconCalendarPlus size={18} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {text('open')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={text('title')}
        closeButtonProps={{ 'aria-label': text('cancel') }}
      >
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <p>{text('lead', { name: patientName })}</p>
            <TextInput
              type="date"
              label={text('day')}
              value={dueOn}
              onChange={(event) => setDueOn(event.currentTarget.value)}
              required
              error={missing(dueOn) || describeField(proposal.error, 'due_on')}
            />
            <TextInput
              label={text('why')}
              description={text('whyHint')}
              value={why}
              onChange={(event) => setWhy(event.currentTarget.value)}
              maxLength={whyMax}
              required
              error={missing(why) || describeField(proposal.error, 'why')}
            />
            {proposal.error && <InlineError error={proposal.error} />}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={() => setOpened(false)}>
                {text('cancel')}
              </Button>
              <Button type="submit" loading={proposal.isPending}>
                {text('confirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
