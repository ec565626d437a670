import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ownProfile } from './ownProfile';
import classes from './Profile.module.css';
import { StatePill } from './StatePill';
import { useDoctorApprovalText } from './strings';

/** What a doctor who is not approved has to do first; nothing for one who is. */
export function ProfileTodo({ to }: { to: string }) {
  const text = useDoctorApprovalText();
  const { data } = useQuery(ownProfile);
  if (data === undefined || data.state === 'approved') return null;
  const { state } = data;
  const primary = state === 'draft' || state === 'returned';
  return (
    <section className={classes.card} aria-labelledby="profile-todo">
      <div className={classes.decision}>
        <div className={classes.words}>
          <span>
            <StatePill state={state} />
          </span>
          <h2 id="profile-todo" className={classes.todo}>
            {text(`todo.${state}`)}
          </h2>
          <p className={classes.quiet}>{text(`todo.${state}Next`)}</p>
        </div>
        <Button component={Link} to={to} variant={primary ? 'filled' : 'default'}>
          {text('todo.open')}
        </Button>
      </div>
    </section>
  );
}
