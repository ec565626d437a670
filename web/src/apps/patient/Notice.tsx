import { Button } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './Notice.module.css';
import { usePatientText } from './strings';

export interface NoticeProps {
  icon: Icon;
  tone?: 'brand' | 'amber' | 'quiet';
  title: string;
  children: ReactNode;
  /** The one thing to press; without it the way home is. */
  action?: { label: string; onPress: () => void; pending?: boolean };
  /** Where to go on, before the way home. */
  onward?: { label: string; to: string };
  /** For support, in small print. */
  code?: string | undefined;
}

/** A step of the journey that says one thing: what happened, what is safe, what to press. */
export function Notice({
  icon: Mark,
  tone = 'brand',
  title,
  children,
  action,
  onward,
  code,
}: NoticeProps) {
  const text = usePatientText();
  return (
    <div className={classes.root}>
      <span className={classes.mark} data-tone={tone} aria-hidden>
        <Mark size={32} stroke={1.75} />
      </span>
      <h1 className={classes.title} tabIndex={-1}>
        {title}
      </h1>
      <div className={classes.detail}>{children}</div>
      <div className={classes.actions}>
        {action && (
          <Button fullWidth onClick={action.onPress} loading={action.pending ?? false}>
            {action.label}
          </Button>
        )}
        {onward && (
          <Button component={Link} to={onward.to} fullWidth>
            {onward.label}
          </Button>
        )}
        <Button component={Link} to="/" fullWidth variant={action || onward ? 'subtle' : 'filled'}>
          {text('visit.home')}
        </Button>
      </div>
      {code !== undefined && <p className={classes.code}>{text('visit.code', { code })}</p>}
    </div>
  );
}
