import { Button } from '@mantine/core';
import { IconMessageCircle, IconShieldCheck, IconUsers } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import classes from './Family.module.css';
import { useFamilyText } from './strings';

/** Before a child's visit: the guardian takes part. Its button is GuardianBar. */
export function GuardianStep({ name }: { name: string }) {
  const text = useFamilyText();
  const points = [
    { icon: IconUsers, key: 'with' },
    { icon: IconMessageCircle, key: 'speak' },
    { icon: IconShieldCheck, key: 'kept' },
  ] as const;
  return (
    <div className={classes.root}>
      <div>
        <h1 className={classes.title} tabIndex={-1}>
          {text('guardian.title', { name })}
        </h1>
        <p className={classes.quiet}>{text('guardian.lead')}</p>
      </div>
      <ul className={classes.points}>
        {points.map(({ icon: Mark, key }) => (
          <li key={key}>
            <Mark size={22} stroke={1.75} aria-hidden />
            {text(`guardian.${key}`, { name })}
          </li>
        ))}
      </ul>
    </div>
  );
}

export interface GuardianBarProps {
  consultationId: string;
  /** The hospital has the guardian's word: what the page knows of the visit is read anew. */
  onGiven: () => Promise<unknown>;
}

export function GuardianBar({ consultationId, onGiven }: GuardianBarProps) {
  const text = useFamilyText();
  const give = useMutation({
    mutationFn: () => http.post(`/api/consultations/${consultationId}/guardian-consent`),
    onSuccess: onGiven,
  });
  return (
    <div className={classes.bar}>
      {give.isError && <InlineError error={give.error} />}
      <Button fullWidth loading={give.isPending} onClick={() => give.mutate()}>
        {text('guardian.agree')}
      </Button>
    </div>
  );
}
