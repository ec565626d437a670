import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import { useIdentityText } from './strings';

export interface ReturnDialogProps {
  check: components['schemas']['IdentityToDecide'];
  onClose: () => void;
  onReturned: () => void;
}

/** Asks why a document goes back: the patient reads it. */
export function ReturnDialog({ check, onClose, onReturned }: ReturnDialogProps) {
  const text = useIdentityText();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const send = useMutation({
    mutationFn: () =>
      http.post(`/api/identity-checks/${check.id}/return`, { reason: reason.trim() }),
    onSuccess: onReturned,
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (reason.trim() === '') field.current?.focus();
    else send.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('queue.returnTitle', { name: check.patient_name })}
      closeButtonProps={{ 'aria-label': text('queue.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Textarea
            ref={field}
            data-autofocus
            label={text('queue.reason')}
            description={text('queue.reasonHint')}
            maxLength={300}
            rows={3}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={asked && reason.trim() === '' && text('queue.reasonMissing')}
          />
          {send.isError && <InlineError error={send.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {text('queue.close')}
            </Button>
            <Button type="submit" loading={send.isPending}>
              {text('queue.return')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
