import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { usePageTitle } from '../../shared/shell';
import classes from './sections.module.css';
import { usePatientText } from './strings';

export interface BelowMeProps {
  title: string;
  lead: string;
  children: ReactNode;
}

/** A page that one comes to from Me: its title, what it is for, the way back. */
export function BelowMe({ title, lead, children }: BelowMeProps) {
  const text = usePatientText();
  usePageTitle(title);
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{title}</Title>
        <p className={classes.lead}>{lead}</p>
        <Link to="/me" className={classes.link}>
          {text('me.back')}
        </Link>
      </div>
      {children}
    </Stack>
  );
}
