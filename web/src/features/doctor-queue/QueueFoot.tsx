import { Kbd, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconKeyboard,
  IconRefresh,
  IconWifiOff,
  type Icon,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFormat } from '../../shared/i18n';
import type { Connection } from '../../shared/live';
import classes from './QueueFoot.module.css';
import { useQueueText } from './strings';

const patienceMs = 4_000;

export interface QueueFootProps {
  connection: Connection;
  /** The last reading failed although the hospital can be reached. */
  failed: boolean;
  asOf: string | undefined;
  hospitalZone: string | undefined;
  onRetry: () => void;
  onHelp: () => void;
}

/** Where the list says how fresh it is; while it is fresh, the way to the keyboard's help. */
export function QueueFoot({ connection, ...props }: QueueFootProps) {
  return (
    <footer className={classes.root}>
      <div role="status" className={classes.status}>
        <Freshness connection={connection} {...props} />
      </div>
      {connection.status === 'online' && !props.failed && <Help onHelp={props.onHelp} />}
    </footer>
  );
}

function Freshness({
  connection,
  failed,
  asOf,
  hospitalZone,
  onRetry,
}: Omit<QueueFootProps, 'onHelp'>) {
  const text = useQueueText();
  const format = useFormat(hospitalZone);
  const time = asOf === undefined ? '…' : format.time(asOf);
  switch (connection.status) {
    case 'online':
      return failed ? (
        <Notice icon={IconAlertTriangle} action={{ label: text('foot.retry'), onPress: onRetry }}>
          {text('foot.failed')}
        </Notice>
      ) : null;
    case 'connecting':
      return <Connecting />;
    case 'reconnecting':
      return (
        <Notice icon={IconRefresh}>
          {asOf === undefined ? text('foot.connecting') : text('foot.reconnecting', { time })}
        </Notice>
      );
    case 'offline':
      return <Notice icon={IconWifiOff}>{text('foot.offline', { time })}</Notice>;
    case 'refused':
      return (
        <Notice
          icon={IconAlertTriangle}
          action={{ label: text('foot.reload'), onPress: () => window.location.reload() }}
        >
          {text('foot.refused')}
        </Notice>
      );
    case 'signed-out':
      // The session is asked for again, and the page goes to signing in.
      return null;
  }
}

/** A first connection that takes its time is worth a word; one that comes at once is not. */
function Connecting() {
  const text = useQueueText();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return slow ? <Notice icon={IconRefresh}>{text('foot.connecting')}</Notice> : null;
}

interface NoticeProps {
  icon: Icon;
  children: string;
  action?: { label: string; onPress: () => void };
}

function Notice({ icon: Mark, children, action }: NoticeProps) {
  return (
    <p className={classes.notice}>
      <Mark size={16} stroke={2} aria-hidden />
      <span>{children}</span>
      {action && (
        <UnstyledButton className={classes.action} onClick={action.onPress}>
          {action.label}
        </UnstyledButton>
      )}
    </p>
  );
}

function Help({ onHelp }: { onHelp: () => void }) {
  const text = useQueueText();
  return (
    <UnstyledButton className={classes.help} onClick={onHelp}>
      <IconKeyboard size={18} stroke={1.75} aria-hidden />
      <span>{text('help')}</span>
      <Kbd size="xs" aria-hidden>
        ?
      </Kbd>
    </UnstyledButton>
  );
}
