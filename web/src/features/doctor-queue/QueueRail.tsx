import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useFormat } from '../../shared/i18n';
import type { Connection, QueueState } from '../../shared/live';
import { StateView } from '../../shared/ui';
import { groupQueue, queueGroupOrder, type QueueGroups } from './queue';
import { QueueFoot } from './QueueFoot';
import classes from './QueueRail.module.css';
import { QueueRow } from './QueueRow';
import { useQueueText } from './strings';

export interface QueueRailProps {
  state: QueueState;
  connection: Connection;
  /** The visit in the centre, if any. */
  selectedId: string | undefined;
  hrefOf: (consultationId: string) => string;
  hospitalZone: string | undefined;
  aheadMs: number;
  chime: boolean;
  onChime: (wanted: boolean) => void;
  onHelp: () => void;
  onRetry: () => void;
}

/** Today's queue of the doctor, kept fresh by the live connection. */
export function QueueRail(props: QueueRailProps) {
  const { state, connection, chime, onChime, onHelp, onRetry, hospitalZone } = props;
  const text = useQueueText();
  const format = useFormat(hospitalZone);
  const { view, error } = state;
  const chimeLabel = text(chime ? 'chime.on' : 'chime.off');

  return (
    <nav className={classes.root} aria-label={text('title')}>
      <header className={classes.head}>
        <h1 className={classes.title}>{text('heading')}</h1>
        <span className={classes.day}>{view && format.day(view.at)}</span>
        <Tooltip label={chimeLabel} withArrow>
          <ActionIcon aria-label={chimeLabel} aria-pressed={chime} onClick={() => onChime(!chime)}>
            {chime ? <IconBell size={20} stroke={1.75} /> : <IconBellOff size={20} stroke={1.75} />}
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.list}>
        {view ? (
          <Groups {...props} groups={groupQueue(view.entries)} />
        ) : error ? (
          <StateView kind="error" error={error} onRetry={onRetry} />
        ) : (
          <Loading label={text('title')} />
        )}
      </div>
      <QueueFoot
        connection={connection}
        failed={view !== null && error !== null}
        asOf={view?.at}
        hospitalZone={hospitalZone}
        onRetry={onRetry}
        onHelp={onHelp}
      />
    </nav>
  );
}

function Groups({
  groups,
  selectedId,
  hrefOf,
  hospitalZone,
  aheadMs,
}: QueueRailProps & { groups: QueueGroups }) {
  const text = useQueueText();
  const filled = queueGroupOrder.filter((group) => groups[group].length > 0);
  if (filled.length === 0) {
    return (
      <div className={classes.empty}>
        <p className={classes.emptyTitle}>{text('empty.what')}</p>
        <p>{text('empty.next')}</p>
      </div>
    );
  }
  return filled.map((group) => (
    <section key={group} aria-labelledby={`queue-${group}`}>
      <h2 id={`queue-${group}`} className={classes.group}>
        {text(`group.${group}`)}
        <span className={classes.count}>{groups[group].length}</span>
      </h2>
      <ul className={classes.rows}>
        {groups[group].map((entry) => (
          <li key={entry.consultation_id}>
            <QueueRow
              entry={entry}
              group={group}
              to={hrefOf(entry.consultation_id)}
              selected={entry.consultation_id === selectedId}
              hospitalZone={hospitalZone}
              aheadMs={aheadMs}
            />
          </li>
        ))}
      </ul>
    </section>
  ));
}

/** Bars where groups and rows will be. */
function Loading({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} aria-busy className={classes.loading}>
      <Skeleton height={14} width={64} radius="sm" />
      <Skeleton height={52} />
      <Skeleton height={52} />
      <Skeleton height={14} width={64} radius="sm" mt="sm" />
      <Skeleton height={32} />
      <Skeleton height={32} />
      <Skeleton height={32} />
    </div>
  );
}
