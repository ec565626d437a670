import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { hasCode } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import classes from './SecondFactor.module.css';
import { useSecondFactorText } from './strings';

export interface CodeFormProps<Answer> {
  label: string;
  /** What the button does. */
  verb: string;
  /** Whether it is the six digits of an app, or a recovery code. */
  kind: 'app' | 'recovery';
  /** Filled in already, as in a demonstration. */
  initial?: string;
  give: (code: string) => Promise<Answer>;
  onGiven: (answer: Answer) => void;
  children?: ReactNode;
}

/** One code, given by a button; the field keeps the focus when the code was wrong. */
export function CodeForm<Answer>({
  label,
  verb,
  kind,
  initial = '',
  give,
  onGiven,
  children,
}: CodeFormProps<Answer>) {
  const text = useSecondFactorText();
  const [typed, setTyped] = useState<string>();
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const giving = useMutation({
    mutationFn: give,
    onSuccess: onGiven,
    onError: () => field.current?.select(),
  });
  const code = typed ?? initial;
  const wrong = hasCode(giving.error, 'second_factor.wrong');
  const missing = asked && code.trim() === '';

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (code.trim() === '') field.current?.focus();
    else if (!giving.isPending) giving.mutate(code);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {children}
        <TextInput
          ref={field}
          data-autofocus
          autoFocus
          name="code"
          label={label}
          classNames={{ input: (kind === 'app' ? classes.code : classes.recovery) ?? '' }}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          inputMode={kind === 'app' ? 'numeric' : 'text'}
          maxLength={40}
          value={code}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            if (giving.isError) giving.reset();
          }}
          error={(missing && text('missing')) || (wrong && text(`wrong.${kind}`))}
        />
        {giving.isError && !wrong && <InlineError error={giving.error} />}
        <Button type="submit" fullWidth loading={giving.isPending}>
          {verb}
        </Button>
      </Stack>
    </form>
  );
}
