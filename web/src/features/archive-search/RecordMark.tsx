import {
  IconBan,
  IconClockHour4,
  IconGavel,
  IconLockOpen,
  IconLink,
  IconRosetteDiscountCheck,
  type Icon,
} from '@tabler/icons-react';
import type { components } from '../../protocol/api';
import { StatusPill, type Tone } from '../../shared/ui';
import classes from './SearchPage.module.css';
import { useSearchText } from './strings';

type Found = components['schemas']['ConsultationFound'];

const look = {
  destroyed: [IconBan, 'neutral'],
  unclosed: [IconLink, 'bad'],
  open: [IconLockOpen, 'neutral'],
  unsealed: [IconClockHour4, 'amber'],
  sealed: [IconRosetteDiscountCheck, 'good'],
} as const satisfies Record<string, readonly [Icon, Tone]>;

/** How a record stands, in one word; undefined where there is no record or nothing is said of it. */
export function standingOf({ marks, entries, state }: Found): keyof typeof look | undefined {
  if (!marks || entries === 0) return undefined;
  if (marks.destroyed) return 'destroyed';
  if (state === 'finished' && !marks.closed) return 'unclosed';
  if (!marks.sealed) return 'unsealed';
  return marks.closed ? 'sealed' : 'open';
}

/** Whether the record is closed and in the log, destroyed, held. */
export function RecordMark({ found }: { found: Found }) {
  const text = useSearchText();
  const standing = standingOf(found);
  const held = found.marks?.on_hold === true;
  if (!standing && !held) return <span className={classes.quiet}>{text('record.none')}</span>;
  const [Mark, tone] = standing ? look[standing] : [undefined, undefined];
  return (
    <span className={classes.marks}>
      {standing && Mark && (
        <StatusPill icon={Mark} tone={tone}>
          {text(`record.${standing}`)}
        </StatusPill>
      )}
      {held && (
        <StatusPill icon={IconGavel} tone="amber">
          {text('record.held')}
        </StatusPill>
      )}
    </span>
  );
}
