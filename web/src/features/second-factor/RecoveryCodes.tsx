import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { saveFile } from '../../shared/ui';
import classes from './SecondFactor.module.css';
import { useSecondFactorText } from './strings';

export interface RecoveryCodesProps {
  codes: readonly string[];
  login: string;
  onKept: () => void;
  /** What the last button says. */
  verb: string;
}

/** The recovery codes, shown this once: one goes on after saying that they are kept somewhere. */
export function RecoveryCodes({ codes, login, onKept, verb }: RecoveryCodesProps) {
  const text = useSecondFactorText();
  const [kept, setKept] = useState(false);
  const [copied, setCopied] = useState(false);
  const written = `${text('recovery.file', { login })}\n\n${codes.join('\n')}\n`;
  return (
    <Stack gap="md">
      <h2 className={classes.heading} tabIndex={-1} ref={(heading) => heading?.focus()}>
        {text('recovery.title')}
      </h2>
      <p>{text('recovery.lead')}</p>
      <ul className={classes.codes} aria-label={text('recovery.title')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="sm">
        <Button
          variant="default"
          onClick={() => saveFile(`televisit-${login}.txt`, written, 'text/plain')}
        >
          {text('recovery.save')}
        </Button>
        <Button
          variant="default"
          onClick={() => void navigator.clipboard.writeText(written).then(() => setCopied(true))}
        >
          {text('recovery.copy')}
        </Button>
        <span role="status" className={classes.status}>
          {copied && text('recovery.copied')}
        </span>
      </Group>
      <Checkbox
        label={text('recovery.kept')}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button fullWidth disabled={!kept} onClick={onKept}>
        {verb}
      </Button>
    </Stack>
  );
}
