import { Button } from '@mantine/core';
import { IconVideo } from '@tabler/icons-react';
import { InlineError } from '../../shared/ui';
import classes from './OtherCallPanel.module.css';
import { usePaneText } from './strings';

export interface OtherCallPanelProps {
  name: string;
  /** With whom this page is in a call now. */
  currentName: string;
  switching: boolean;
  error: unknown;
  onReturn: () => void;
  onSwitch: () => void;
}

/** A second visit in progress: the doctor hears one patient at a time, and chooses which. */
export function OtherCallPanel({
  name,
  currentName,
  switching,
  error,
  onReturn,
  onSwitch,
}: OtherCallPanelProps) {
  const text = usePaneText();
  return (
    <div className={classes.root}>
      <span className={classes.mark} aria-hidden>
        <IconVideo size={28} stroke={1.75} />
      </span>
      <h3 className={classes.title}>{text('other.what', { name })}</h3>
      <p className={classes.detail}>{text('other.next', { current: currentName })}</p>
      {error !== undefined && error !== null && <InlineError error={error} />}
      <div className={classes.ways}>
        <Button variant="default" loading={switching} onClick={onSwitch}>
          {text('other.switch', { name })}
        </Button>
        <Button onClick={onReturn}>{text('other.back', { current: currentName })}</Button>
      </div>
    </div>
  );
}
