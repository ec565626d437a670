import { Button, Card, Stack } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './Identity.module.css';
import { useIdentityText } from './strings';
import { useOwnIdentity } from './useOwnIdentity';

/** Asks for the name's verification while it is the patient's turn; nothing otherwise. */
export function IdentityTodo({ to }: { to: string }) {
  const text = useIdentityText();
  const { data } = useOwnIdentity();
  if (!data?.required) return null;
  const state = data.check?.state ?? 'none';
  if (state !== 'none' && state !== 'returned') return null;
  return (
    <Card component="section" aria-labelledby="identity-todo">
      <Stack gap="sm">
        <h2 id="identity-todo" className={classes.todo}>
          <IconId size={22} stroke={1.75} aria-hidden />
          {text('todo.title')}
        </h2>
        <p>
          {state === 'returned'
            ? text('returnedNext', { reason: data.check?.reason ?? '' })
            : text('todo.why')}
        </p>
        <Button component={Link} to={to} variant="default">
          {text('todo.go')}
        </Button>
      </Stack>
    </Card>
  );
}
