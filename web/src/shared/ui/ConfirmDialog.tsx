import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { InlineError } from './InlineError';
import { useUiText } from './strings';

export interface ConfirmDialogProps {
  opened: boolean;
  /** The question, such as "End this visit?" */
  title: string;
  /** What follows when it is done, and whether it can be undone. */
  children: ReactNode;
  /** The verb, such as "End the visit"; never "OK". */
  confirmLabel: string;
  /** The safe way out, where "Cancel" would be taken for the deed itself. */
  keepLabel?: string;
  tone?: 'danger' | 'plain';
  /** Closes when it resolves; stays open and says why when it rejects. */
  onConfirm: () => Promise<void> | void;
  onClose: () => void;
}

/** Asks once before what cannot simply be taken back. The safe way out has the focus. */
export function ConfirmDialog({
  opened,
  title,
  children,
  confirmLabel,
  keepLabel,
  tone = 'danger',
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const text = useUiText();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();

  const close = () => {
    if (pending) return;
    setError(undefined);
    onClose();
  };

  const confirm = async () => {
    setPending(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };

  return (
    <Modal opened={opened} onClose={close} title={title} withCloseButton={false}>
      <Stack gap="lg">
        <div>{children}</div>
        {error !== undefined && <InlineError error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close} disabled={pending} data-autofocus>
            {keepLabel ?? text('confirm.cancel')}
          </Button>
          <Button
            color={tone === 'danger' ? 'bad' : 'brand'}
            loading={pending}
            onClick={() => void confirm()}
          >
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
