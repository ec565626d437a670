import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { hasCode } from '../../shared/http';
import { PasswordField, InlineError } from '../../shared/ui';
import { proveByCode } from './proof';
import classes from './ProofDialog.module.css';
import { useProofText } from './strings';

export interface CodeFormProps {
  /** The present code, filled in: in a demonstration alone. */
  demoCode: string | null;
  onCancel: () => void;
  onProved: () => void;
}

/** Password and code; the one that was wrong gets the focus. */
export function CodeForm({ demoCode, onCancel, onProved }: CodeFormProps) {
  const text = useProofText();
  const [password, setPassword] = useState('');
  const [typed, setTyped] = useState<string>();
  const [asked, setAsked] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const code = typed ?? demoCode ?? '';

  const proving = useMutation({
    mutationFn: () => proveByCode(password, code.trim()),
    onSuccess: onProved,
    onError: (error) => {
      if (hasCode(error, 'auth.wrong_password')) passwordField.current?.select();
      if (hasCode(error, 'second_factor.wrong')) codeField.current?.select();
    },
  });
  const wrongPassword = hasCode(proving.error, 'auth.wrong_password');
  const wrongCode = hasCode(proving.error, 'second_factor.wrong');

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (password === '') passwordField.current?.focus();
    else if (code.trim() === '') codeField.current?.focus();
    else if (!proving.isPending) proving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <PasswordField
          ref={passwordField}
          data-autofocus
          autoFocus
          label={text('password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={
            (asked && password === '' && text('missing.password')) ||
            (wrongPassword && text('wrong.password'))
          }
        />
        <TextInput
          ref={codeField}
          name="code"
          label={text('code')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          value={code}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={
            (asked && code.trim() === '' && text('missing.code')) ||
            (wrongCode && text('wrong.code'))
          }
        />
        {demoCode !== null && <p className={classes.demo}>{text('demo')}</p>}
        {proving.isError && !wrongPassword && !wrongCode && <InlineError error={proving.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {text('cancel')}
          </Button>
          <Button type="submit" loading={proving.isPending}>
            {text('do')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
