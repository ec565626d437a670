import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconCloudOff,
  IconHelpCircle,
  type Icon,
} from '@tabler/icons-react';
import type { components } from '../../protocol/api';
import { StatusPill } from '../../shared/ui';
import classes from './Identity.module.css';
import { useIdentityText } from './strings';

type Given = components['schemas']['NameOpinionView'];

const pills: Record<
  Given['opinion'] | 'none',
  { icon: Icon; tone: 'neutral' | 'amber' | 'good' | 'bad' }
> = {
  none: { icon: IconClock, tone: 'neutral' },
  agrees: { icon: IconCircleCheck, tone: 'good' },
  differs: { icon: IconAlertTriangle, tone: 'bad' },
  unknown: { icon: IconHelpCircle, tone: 'neutral' },
  unavailable: { icon: IconCloudOff, tone: 'amber' },
};

/** What a name register says of a document, and under which number it can be asked about that. */
export function OpinionMark({ opinion }: { opinion: Given | null }) {
  const text = useIdentityText();
  const said = opinion?.opinion ?? 'none';
  return (
    <span className={classes.opinion}>
      <StatusPill {...pills[said]}>{text(`queue.opinion.${said}`)}</StatusPill>
      {opinion !== null && opinion.reference !== null && (
        <span className={classes.reference}>
          {text('queue.opinion.reference', { reference: opinion.reference })}
        </span>
      )}
    </span>
  );
}
