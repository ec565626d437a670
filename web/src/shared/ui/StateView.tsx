import { Button, Skeleton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconInbox,
  IconLock,
  IconWifiOff,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useErrorDescription } from '../http';
import { useSentences } from '../i18n';
import classes from './StateView.module.css';
import { useUiText } from './strings';

export type StateAction = { label: string; to: string } | { label: string; onPress: () => void };

interface Common {
  /** Fills the window instead of the place it stands in. */
  page?: boolean;
  /** Whether its title is the page's own, because there is no other; so by default with `page`. */
  first?: boolean;
}

interface Spoken extends Common {
  title: string;
  detail?: ReactNode;
  icon?: Icon;
  action?: StateAction;
}

export type StateViewProps =
  | (Common & { kind: 'loading'; shape?: 'list' | 'card' | 'form' })
  | (Spoken & { kind: 'empty' })
  | (Spoken & { kind: 'finished' })
  | (Common & { kind: 'offline' })
  | (Common & { kind: 'forbidden'; title?: string; detail?: ReactNode; action?: StateAction })
  | (Common & {
      kind: 'error';
      error: unknown;
      /** What is certainly not lost; by default that nothing was changed, which holds for reads. */
      safe?: string;
      onRetry?: () => void;
    });

/** The states that are not the content itself, each saying what happened, what is safe, what to press. */
export function StateView(props: StateViewProps) {
  const text = useUiText();
  switch (props.kind) {
    case 'loading':
      return (
        <Loading shape={props.shape ?? 'card'} page={props.page} label={text('state.loading')} />
      );
    case 'empty':
      return <Spoken {...props} icon={props.icon ?? IconInbox} tone="quiet" />;
    case 'finished':
      return <Spoken {...props} icon={props.icon ?? IconCircleCheck} tone="good" />;
    case 'offline':
      return (
        <Spoken
          page={props.page}
          first={props.first}
          icon={IconWifiOff}
          tone="amber"
          title={text('state.offline.what')}
          detail={text('state.offline.next')}
          live
        />
      );
    case 'forbidden':
      return (
        <Spoken
          page={props.page}
          first={props.first}
          icon={IconLock}
          tone="quiet"
          title={props.title ?? text('state.forbidden.what')}
          detail={props.detail ?? text('state.forbidden.next')}
          action={props.action}
        />
      );
    case 'error':
      return <Failure {...props} />;
  }
}

function Failure(props: Extract<StateViewProps, { kind: 'error' }>) {
  const { error, safe, onRetry, page, first } = props;
  const text = useUiText();
  const sentences = useSentences();
  const { what, next, code } = useErrorDescription(error);
  return (
    <Spoken
      page={page}
      first={first}
      icon={IconAlertTriangle}
      tone="bad"
      title={what}
      detail={sentences(safe ?? text('state.safeRead'), next)}
      action={onRetry && { label: text('state.retry'), onPress: onRetry }}
      code={code && text('state.code', { code })}
      live
    />
  );
}

interface SpokenProps {
  page?: boolean | undefined;
  first?: boolean | undefined;
  icon: Icon;
  tone: 'quiet' | 'good' | 'amber' | 'bad';
  title: string;
  detail?: ReactNode;
  action?: StateAction | undefined;
  code?: string | undefined;
  live?: boolean;
}

function Spoken(props: SpokenProps) {
  const { page = false, first = page, icon: Mark, tone, title, detail, action, code, live } = props;
  const Heading = first ? 'h1' : 'h2';
  const said = (
    <div className={classes.root} data-page={page || undefined} role={live ? 'alert' : undefined}>
      <span className={classes.mark} data-tone={tone} aria-hidden>
        <Mark size={28} stroke={1.75} />
      </span>
      <Heading className={classes.title}>{title}</Heading>
      {detail !== undefined && <p className={classes.detail}>{detail}</p>}
      {action && <ActionButton action={action} />}
      {code !== undefined && <p className={classes.code}>{code}</p>}
    </div>
  );
  // What fills the window stands in no frame that would say where the content is.
  return page ? <main>{said}</main> : said;
}

function ActionButton({ action }: { action: StateAction }) {
  if ('to' in action) {
    return (
      <Button component={Link} to={action.to} className={classes.action}>
        {action.label}
      </Button>
    );
  }
  return (
    <Button onClick={action.onPress} className={classes.action}>
      {action.label}
    </Button>
  );
}

interface LoadingProps {
  shape: 'list' | 'card' | 'form';
  page: boolean | undefined;
  label: string;
}

function Loading({ shape, page, label }: LoadingProps) {
  const heights = { list: [64, 64, 64, 64], card: [28, 160, 48], form: [72, 72, 48] }[shape];
  return (
    <div className={classes.loading} data-page={page} role="status" aria-label={label}>
      {heights.map((height, index) => (
        <Skeleton key={index} height={height} radius={height > 100 ? 'lg' : 'md'} />
      ))}
    </div>
  );
}
