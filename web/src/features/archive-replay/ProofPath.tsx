import { IconCircleCheck, IconCircleX, IconClockHour4 } from '@tabler/icons-react';
import { base64, type EntryCheck, type RecordCheck } from '../../shared/archive';
import { CopyText } from '../../shared/console';
import classes from './ProofPath.module.css';
import { useReplayText } from './strings';

export interface ProofPathProps {
  entry: EntryCheck;
  check: RecordCheck;
}

/** The way from the entry's place in the log to the signed checkpoint, as this browser went it. */
export function ProofPath({ entry, check }: ProofPathProps) {
  const text = useReplayText();
  const { checkpoint, witnesses } = check;
  if (entry.index === null || !checkpoint) {
    return (
      <section className={classes.root} aria-label={text('log.title')}>
        <h3 className={classes.title}>{text('log.title')}</h3>
        <p className={classes.line} data-tone="waiting">
          <IconClockHour4 size={18} aria-hidden /> {text('log.waiting')}
        </p>
      </section>
    );
  }
  const holds = !check.faults.some(
    ({ kind, seq, conversationId }) =>
      kind === 'not-in-log' && seq === entry.seq && conversationId === entry.conversationId,
  );
  const Mark = holds ? IconCircleCheck : IconCircleX;
  return (
    <section className={classes.root} aria-label={text('log.title')}>
      <h3 className={classes.title}>{text('log.title')}</h3>
      <p className={classes.line} data-tone={holds ? 'good' : 'bad'}>
        <Mark size={18} aria-hidden />{' '}
        {text(holds ? 'log.holds' : 'log.broken', {
          where: entry.index + 1,
          size: checkpoint.size,
        })}
      </p>
      <dl className={classes.facts}>
        <dt>{text('log.root')}</dt>
        <dd>
          <CopyText value={base64(checkpoint.root)} what={text('log.root')} />
        </dd>
        <dt>{text('log.signedBy')}</dt>
        <dd>
          <bdi>{checkpoint.origin}</bdi>
          {witnesses.map(({ key }) => (
            <bdi key={key.name + key.id}>{key.name}</bdi>
          ))}
        </dd>
      </dl>
      {entry.path.length > 0 && (
        <details className={classes.path}>
          <summary>{text('log.path', { count: entry.path.length })}</summary>
          <ol>
            {entry.path.map((hash) => (
              <li key={hash}>
                <code>{hash}</code>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
