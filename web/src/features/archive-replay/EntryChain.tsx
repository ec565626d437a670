import { IconLink, IconLinkOff, IconQuestionMark } from '@tabler/icons-react';
import { CopyText } from '../../shared/console';
import classes from './EntryChain.module.css';
import type { Entry } from './record';
import { useReplayText } from './strings';

export interface EntryChainProps {
  entries: readonly Entry[];
  index: number;
  sealed: boolean;
  /** Whether the entry's hash follows from the one before. */
  link: 'holds' | 'broken' | 'unknown';
  onSelect: (index: number) => void;
}

const marks = { holds: IconLink, broken: IconLinkOff, unknown: IconQuestionMark };
const words = {
  holds: 'entry.linkHolds',
  broken: 'entry.linkBroken',
  unknown: 'entry.linkUnknown',
} as const;

/** The entry's proof as a path: the hash before it, its own, and what builds on it. */
export function EntryChain({ entries, index, sealed, link, onSelect }: EntryChainProps) {
  const text = useReplayText();
  const entry = entries[index];
  const near = (at: number) => {
    const other = entries[at];
    return other?.conversation_id === entry?.conversation_id ? other : undefined;
  };
  const before = near(index - 1);
  const after = near(index + 1);
  const Mark = marks[link];
  if (!entry) return null;

  return (
    <section className={classes.root} aria-label={text('entry.proof')}>
      <h3 className={classes.title}>{text('entry.proof')}</h3>
      <ol className={classes.path}>
        <li className={classes.node}>
          {before ? (
            <>
              <button type="button" className={classes.link} onClick={() => onSelect(index - 1)}>
                {text('entry.entryLink', { number: before.seq })}
              </button>
              <CopyText
                value={before.entry_hash}
                what={text('entry.hashOf', { number: before.seq })}
              />
            </>
          ) : (
            <span className={classes.end}>{text('entry.start')}</span>
          )}
        </li>
        <li className={classes.join} data-link={link}>
          <Mark size={16} aria-hidden /> {text(words[link])}
        </li>
        <li className={classes.node} data-this data-link={link}>
          <strong>
            {text('entry.this')} · {entry.seq}
          </strong>
          <CopyText value={entry.entry_hash} what={text('entry.hashOf', { number: entry.seq })} />
        </li>
        <li className={classes.node}>
          {after ? (
            <button type="button" className={classes.link} onClick={() => onSelect(index + 1)}>
              {text('entry.entryLink', { number: after.seq })}
            </button>
          ) : (
            <span className={classes.end}>
              {text(sealed && !entry.later ? 'entry.sealed' : 'entry.end')}
            </span>
          )}
        </li>
      </ol>
      <p className={classes.why}>{text('entry.proofWhy')}</p>
    </section>
  );
}
