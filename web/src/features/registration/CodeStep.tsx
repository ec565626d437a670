import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { hasCode } from '../../shared/http';
import { useLanguage } from '../../shared/i18n';
import { InlineError } from '../../shared/ui';
import {
  askForCode,
  codeLength,
  digitsOf,
  giveCode,
  useSecondsUntil,
  type CodeSent,
  type Flow,
} from './codes';
import classes from './Steps.module.css';
import { useRegistrationText } from './strings';

export interface CodeStepProps {
  flow: Flow;
  destination: string;
  sent: CodeSent;
  /** When it was asked for, by this device's clock. */
  askedAt: number;
  /** Another code is on its way. */
  onSent: (sent: CodeSent) => void;
  onPassed: (id: string, ticket: string) => void;
  onChange: () => void;
}

/** The second step: the code. A whole code that is pasted or filled in by the phone is sent at once. */
export function CodeStep({
  flow,
  destination,
  sent,
  askedAt,
  onSent,
  onPassed,
  onChange,
}: CodeStepProps) {
  const text = useRegistrationText();
  const [language] = useLanguage();
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const wait = useSecondsUntil(askedAt + sent.resend_after_s * 1000);

  const give = useMutation({
    mutationFn: (typed: string) => giveCode(flow, sent.id, typed),
    onSuccess: ({ ticket }) => onPassed(sent.id, ticket),
    onError: () => field.current?.select(),
  });
  const again = useMutation({
    mutationFn: () => askForCode(flow, destination, language),
    onSuccess: (next) => {
      onSent(next);
      setCode('');
      setAsked(false);
      give.reset();
      field.current?.focus();
    },
  });
  const wrong = hasCode(give.error, 'code.wrong');

  const change = (typed: string) => {
    const digits = digitsOf(typed);
    setCode(digits);
    if (give.isError) give.reset();
    // Typed digit by digit one may still want to look; what arrives whole is what was sent.
    if (digits.length === codeLength && code.length < codeLength - 1) give.mutate(digits);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (code.length < codeLength) field.current?.focus();
    else if (!give.isPending) give.mutate(code);
  };
  const incomplete = asked && code.length < codeLength && text('code.missing');
  const to = { to: destination };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <p>
          {text(sent.channel === 'email' ? 'code.sentEmail' : 'code.sentPhone', to)}{' '}
          {text('code.good')}
        </p>
        {sent.demo_code !== null && (
          <p className={classes.demo}>{text('code.demo', { code: sent.demo_code })}</p>
        )}
        <TextInput
          ref={field}
          data-autofocus
          autoFocus
          name="code"
          label={text('code.label')}
          classNames={{ input: classes.code ?? '' }}
          autoComplete="one-time-code"
          inputMode="numeric"
          value={code}
          onChange={(event) => change(event.currentTarget.value)}
          error={incomplete || (wrong && text('code.wrong'))}
        />
        {give.isError && !wrong && <InlineError error={give.error} />}
        {again.isError && <InlineError error={again.error} />}
        <Button type="submit" fullWidth loading={give.isPending}>
          {text('code.next')}
        </Button>
        <div className={classes.quiet}>
          <span className={classes.wait}>
            {wait > 0 ? (
              text('code.againIn', { seconds: wait })
            ) : (
              <Button
                variant="subtle"
                px={0}
                loading={again.isPending}
                onClick={() => again.mutate()}
              >
                {text('code.again')}
              </Button>
            )}
          </span>
          <Button variant="subtle" px={0} onClick={onChange}>
            {text('code.change')}
          </Button>
        </div>
        <p className="tv-visually-hidden" role="status">
          {again.isSuccess && text('code.sentAgain')}
        </p>
      </Stack>
    </form>
  );
}
