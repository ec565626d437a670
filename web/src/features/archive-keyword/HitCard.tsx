import { IconAlertTriangle, IconFlame } from '@tabler/icons-react';
import { Link } from 'react-router';
import { entryMark } from '../../shared/archive';
import { useHospitalTime, useSessionText } from '../../shared/session';
import { StatusPill } from '../../shared/ui';
import classes from './Keyword.module.css';
import type { Hit } from './searches';
import { useKeywordText } from './strings';

export interface HitCardProps {
  hit: Hit;
  /** The address of the visit's record. */
  recordPath: (id: string) => string;
}

/** One message that contains the word: who wrote it, when, in whose visit, and the word marked. */
export function HitCard({ hit, recordPath }: HitCardProps) {
  const text = useKeywordText();
  const roleText = useSessionText();
  const time = useHospitalTime();
  const { author_name: author, author_role: role, recorded_at: at, parts, seq } = hit;
  const addendum = hit.conversation_id !== hit.consultation_id;
  return (
    <li className={classes.hit}>
      <p className={classes.hitHead}>
        <span className={classes.author}>
          <bdi>{author ?? text('system')}</bdi>
          {role && <span className={classes.quiet}>{roleText(`role.${role}`)}</span>}
        </span>
        {at && (
          <time dateTime={at} className={classes.quiet}>
            {time.shortDate(at)} {time.seconds(at)}
          </time>
        )}
      </p>
      {parts ? (
        <p className={classes.text}>
          {parts.map((part, index) =>
            part.found ? (
              <mark key={index}>{part.text}</mark>
            ) : (
              <span key={index}>{part.text}</span>
            ),
          )}
        </p>
      ) : hit.damaged ? (
        <StatusPill icon={IconAlertTriangle} tone="bad">
          {text('textDamaged')}
        </StatusPill>
      ) : (
        <StatusPill icon={IconFlame}>{text('textDestroyed')}</StatusPill>
      )}
      <p className={classes.hitFoot}>
        <span>
          {text('visitOf', { patient: hit.patient_name, doctor: hit.practitioner_name })} ·{' '}
          {text(addendum ? 'addendum' : 'entry', { seq })}
        </span>
        <Link
          to={`${recordPath(hit.consultation_id)}${entryMark({ seq, later: addendum })}`}
          className={classes.link}
        >
          {text('openRecord')}
        </Link>
      </p>
    </li>
  );
}
