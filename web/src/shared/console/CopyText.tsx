import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './CopyText.module.css';
import { useConsoleText } from './strings';

export interface CopyTextProps {
  value: string;
  /** What it is, such as "message id", for the button's name. */
  what: string;
}

/** An identifier or a hash, whole, in even letters, with a button that copies it. */
export function CopyText({ value, what }: CopyTextProps) {
  const text = useConsoleText();
  const clipboard = useClipboard({ timeout: 2000 });
  const label = clipboard.error
    ? text('copy.failed')
    : clipboard.copied
      ? text('copy.done')
      : text('copy.do', { what });
  return (
    <span className={classes.root}>
      <code className={classes.value}>{value}</code>
      <Tooltip label={label} withArrow>
        <ActionIcon
          size="sm"
          className={classes.button}
          aria-label={label}
          onClick={() => clipboard.copy(value)}
        >
          {clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
