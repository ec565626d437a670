import { IconAlertTriangle, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../shared/i18n';
import { StatusPill } from '../../shared/ui';
import classes from './Completeness.module.css';
import { useCompletenessText } from './strings';

export interface FigureRowProps {
  label: string;
  value: number;
  means: ReactNode;
  /** Where the visits behind the number are. */
  to: string;
  /** Whether the number says that all is well or wants a look; undefined when it says neither. */
  good?: boolean | undefined;
}

/** One figure: its number, what it means, and the way to what is behind it. */
export function FigureRow({ label, value, means, to, good }: FigureRowProps) {
  const text = useCompletenessText();
  const { number } = useFormat();
  return (
    <li className={classes.figure}>
      <span className={classes.value} data-look={good === false || undefined}>
        {number(value)}
      </span>
      <span className={classes.words}>
        <span className={classes.name}>
          {value > 0 ? (
            <Link to={to} className={classes.link} aria-label={text('listed', { figure: label })}>
              {label}
            </Link>
          ) : (
            label
          )}
          {good === true && (
            <StatusPill icon={IconCircleCheck} tone="good">
              {text('inOrder')}
            </StatusPill>
          )}
          {good === false && (
            <StatusPill icon={IconAlertTriangle} tone="amber">
              {text('look')}
            </StatusPill>
          )}
        </span>
        <span className={classes.quiet}>{means}</span>
      </span>
      {value > 0 && <IconChevronRight size={18} className={classes.chevron} aria-hidden />}
    </li>
  );
}
