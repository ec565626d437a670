import { Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { signInPath } from '../../shared/session';
import { PageShell } from '../../shared/shell';
import classes from './Steps.module.css';
import { useRegistrationText } from './strings';

export interface StepsProps {
  title: string;
  /** The steps' names, in order. */
  names: readonly string[];
  /** Which one is now, from 0. */
  at: number;
  /** Why one may not need this page at all. */
  done: string | undefined;
  children: ReactNode;
}

/** A page of three calm steps: where one is, what is done, what comes. */
export function Steps({ title, names, at, done, children }: StepsProps) {
  const text = useRegistrationText();
  const { search } = useLocation();
  return (
    <PageShell title={title} withPlaces={false}>
      <div className={classes.page}>
        <Title order={1}>{title}</Title>
        <ol className={classes.steps} aria-label={text('steps.label')}>
          {names.map((name, index) => (
            <li
              key={name}
              data-state={index < at ? 'done' : index === at ? 'now' : 'next'}
              aria-current={index === at ? 'step' : undefined}
            >
              <span className={classes.mark} aria-hidden>
                {index < at ? <IconCheck size={14} stroke={3} /> : index + 1}
              </span>
              {name}
            </li>
          ))}
        </ol>
        <div className={classes.card}>{children}</div>
        {done !== undefined && (
          <p>
            {done}{' '}
            <Link to={signInPath + search} className={classes.link ?? ''}>
              {text('register.signIn')}
            </Link>
          </p>
        )}
        <p className="tv-visually-hidden" role="status">
          {text('steps.of', { step: Math.min(at + 1, names.length), count: names.length })}
        </p>
      </div>
    </PageShell>
  );
}
