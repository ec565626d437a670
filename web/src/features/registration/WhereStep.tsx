import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { ApiError } from '../../shared/http';
import { useLanguage } from '../../shared/i18n';
import { InlineError } from '../../shared/ui';
import { askForCode, type CodeSent, type Flow } from './codes';
import { useRegistrationText } from './strings';

export interface WhereStepProps {
  flow: Flow;
  /** What was typed before, when one comes back to change it. */
  destination: string;
  onSent: (destination: string, sent: CodeSent) => void;
}

/** The first step: where the code goes. */
export function WhereStep({ flow, destination, onSent }: WhereStepProps) {
  const text = useRegistrationText();
  const [language] = useLanguage();
  const [typed, setTyped] = useState(destination);
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const ask = useMutation({
    mutationFn: (to: string) => askForCode(flow, to, language),
    onSuccess: (sent, to) => onSent(to, sent),
    onError: () => field.current?.focus(),
  });
  const named = ask.error instanceof ApiError && ask.error.fields?.['destination'] !== undefined;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (typed.trim() === '') field.current?.focus();
    else ask.mutate(typed.trim());
  };
  const missing = asked && typed.trim() === '' && text('where.missing');
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          ref={field}
          name="destination"
          label={text('where.label')}
          description={text(flow === 'registrations' ? 'where.hint' : 'where.hintReset')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="email"
          maxLength={254}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            ask.reset();
          }}
          error={missing || (named && text('where.wrong'))}
        />
        {ask.isError && !named && <InlineError error={ask.error} />}
        <Button type="submit" fullWidth loading={ask.isPending}>
          {text('where.next')}
        </Button>
      </Stack>
    </form>
  );
}
