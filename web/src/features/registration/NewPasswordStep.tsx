import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { describeField, hasCode, http } from '../../shared/http';
import { PasswordField, InlineError } from '../../shared/ui';
import { useRegistrationText } from './strings';

const shortestPassword = 10;

export interface NewPasswordStepProps {
  id: string;
  ticket: string;
  onDone: () => void;
  onAgain: () => void;
}

/** The last step of a forgotten password: the new one. */
export function NewPasswordStep({ id, ticket, onDone, onAgain }: NewPasswordStepProps) {
  const text = useRegistrationText();
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const set = useMutation({
    mutationFn: () => http.post(`/api/password-resets/${id}/password`, { ticket, password }),
    onSuccess: onDone,
  });
  const short = Array.from(password).length < shortestPassword;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (short) field.current?.focus();
    else set.mutate();
  };
  const own =
    asked && short && text(password === '' ? 'about.missingPassword' : 'about.shortPassword');
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <PasswordField
          ref={field}
          name="password"
          label={text('steps.password')}
          description={text('about.passwordHint')}
          autoComplete="new-password"
          autoFocus
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={own || describeField(set.error, 'password')}
        />
        {set.isError && <InlineError error={set.error} />}
        {hasCode(set.error, 'code.void') ? (
          <Button variant="default" fullWidth onClick={onAgain}>
            {text('startAgain')}
          </Button>
        ) : (
          <Button type="submit" fullWidth loading={set.isPending}>
            {text('password.next')}
          </Button>
        )}
      </Stack>
    </form>
  );
}
