import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { describeField, hasCode } from '../../shared/http';
import { PasswordField, InlineError } from '../../shared/ui';
import classes from './DecisionDialog.module.css';
import { useRetentionText } from './strings';

export interface Decision {
  reason: string;
  password: string;
}

export interface DecisionDialogProps {
  title: string;
  /** What follows, in words: it stands in a box of its own. */
  consequence: ReactNode;
  tone?: 'danger' | 'plain';
  /** More fields, before the reason. */
  children?: ReactNode;
  /** What the reason is called; without one none is asked for. */
  reasonLabel?: string;
  /** Whether the password is asked for again. */
  withPassword?: boolean;
  confirmLabel: string;
  /** Closes when it resolves; stays open and says why when it rejects. */
  onDecide: (decision: Decision) => Promise<unknown>;
  onClose: () => void;
}

/** One decision with what follows from it, its reason and, where it must be sure who decides, the password. */
export function DecisionDialog({ title, onClose, ...rest }: DecisionDialogProps) {
  const text = useRetentionText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': text('dialog.close') }}
    >
      <Form {...rest} onClose={onClose} />
    </Modal>
  );
}

function Form({
  consequence,
  tone = 'danger',
  children,
  reasonLabel,
  withPassword = false,
  confirmLabel,
  onDecide,
  onClose,
}: Omit<DecisionDialogProps, 'title'>) {
  const text = useRetentionText();
  const [decision, setDecision] = useState<Decision>({ reason: '', password: '' });
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  // A mistake that the server named is said until its field is changed.
  const [changed, setChanged] = useState<ReadonlySet<keyof Decision>>(new Set());

  const wanted = (field: keyof Decision) =>
    field === 'reason' ? reasonLabel !== undefined : withPassword;
  const missing = (field: keyof Decision) => wanted(field) && decision[field].trim() === '';
  const wrongPassword = hasCode(error, 'auth.wrong_password');
  const errorOf = (field: keyof Decision) => {
    if (asked && missing(field)) return text('dialog.missing');
    if (changed.has(field)) return undefined;
    if (field === 'password' && wrongPassword) return text('dialog.wrongPassword');
    return describeField(error, field);
  };
  const bind = (field: keyof Decision) => ({
    value: decision[field],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDecision((before) => ({ ...before, [field]: value }));
      setChanged((before) => new Set(before).add(field));
    },
    error: errorOf(field),
  });

  const decide = async () => {
    setPending(true);
    setError(undefined);
    try {
      await onDecide({ ...decision, reason: decision.reason.trim() });
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    setChanged(new Set());
    if (!missing('reason') && !missing('password')) void decide();
  };

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="md">
        <div className={classes.consequence} data-tone={tone}>
          {consequence}
        </div>
        {children}
        {reasonLabel !== undefined && (
          <Textarea label={reasonLabel} autosize minRows={2} maxLength={500} {...bind('reason')} />
        )}
        {withPassword && (
          <PasswordField
            label={text('dialog.password')}
            description={text('dialog.passwordWhy')}
            autoComplete="current-password"
            maxLength={200}
            {...bind('password')}
          />
        )}
        {error !== undefined && !wrongPassword && <InlineError error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={pending}>
            {text('dialog.cancel')}
          </Button>
          <Button type="submit" color={tone === 'danger' ? 'bad' : 'brand'} loading={pending}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
