import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { hasCode, http } from '../../shared/http';
import { createPasskey, isCancelled, type Ceremony } from '../../shared/passkeys';
import { PasswordField, InlineError } from '../../shared/ui';
import { usePasskeysText } from './strings';

export interface NewPasskeyDialogProps {
  onClose: () => void;
  onAdded: () => void;
}

/** A name and the password again; then the browser asks for the rest. */
export function NewPasskeyDialog({ onClose, onAdded }: NewPasskeyDialogProps) {
  const text = usePasskeysText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  const adding = useMutation({
    mutationFn: async () => {
      const ceremony = await http.post<Ceremony>('/api/passkeys/challenge', { password });
      const answer = await createPasskey(ceremony);
      await http.post('/api/passkeys', { ...answer, name: name.trim() });
    },
    onSuccess: onAdded,
    onError: (error) => {
      if (hasCode(error, 'auth.wrong_password')) passwordField.current?.select();
    },
  });
  const { error } = adding;
  const wrongPassword = hasCode(error, 'auth.wrong_password');
  const known = error instanceof DOMException && error.name === 'InvalidStateError';

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === '') nameField.current?.focus();
    else if (password === '') passwordField.current?.focus();
    else adding.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={text('new.title')} withCloseButton={false}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            ref={nameField}
            data-autofocus
            label={text('new.name')}
            description={text('new.nameHint')}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={asked && name.trim() === '' && text('new.missingName')}
          />
          <PasswordField
            ref={passwordField}
            label={text('new.password')}
            description={text('new.passwordHint')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={asked && password === '' && text('new.missingPassword')}
          />
          {known ? (
            <p role="alert">{text('new.known')}</p>
          ) : isCancelled(error) ? (
            <p role="alert">{text('new.cancelled')}</p>
          ) : (
            adding.isError && <InlineError error={error} withCode={!wrongPassword} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={adding.isPending}>
              {text('new.cancel')}
            </Button>
            <Button type="submit" loading={adding.isPending}>
              {text('new.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
