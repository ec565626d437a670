import { Button, Card, Stack } from '@mantine/core';
import {
  IconCircleCheck,
  IconClock,
  IconCornerUpLeft,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useFormat } from '../../shared/i18n';
import { Avatar, ConfirmDialog, StateView, StatusPill, type Tone } from '../../shared/ui';
import { AddMember } from './AddMember';
import classes from './Family.module.css';
import { useFamily, useRemoveMember, type Member } from './family';
import { useFamilyText } from './strings';

type Shown = Exclude<Member['state'], 'ended'>;

const pills: Record<Shown, { icon: Icon; tone: Tone }> = {
  active: { icon: IconCircleCheck, tone: 'good' },
  proposed: { icon: IconClock, tone: 'amber' },
  returned: { icon: IconCornerUpLeft, tone: 'bad' },
};

export interface FamilyListProps {
  hospitalZone: string | undefined;
  /** What stands below a member for whom one may act. */
  below: (member: Member) => ReactNode;
}

/** The family: who, in which state, adding and removing. */
export function FamilyList({ hospitalZone, below }: FamilyListProps) {
  const text = useFamilyText();
  const { data, error, isPending, refetch } = useFamily();
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState<{ key: 'added' | 'remove.done'; name: string }>();
  if (isPending) return <StateView kind="loading" shape="list" />;
  if (!data) {
    return (
      <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
    );
  }
  const add = adding ? (
    <AddMember
      onAdded={({ name }) => {
        setAdding(false);
        setSaid({ key: 'added', name });
      }}
      onCancel={() => setAdding(false)}
    />
  ) : (
    <Button onClick={() => setAdding(true)} fullWidth>
      {text('add.open')}
    </Button>
  );
  return (
    <Stack gap="lg">
      <p className={classes.said} role="status">
        {said && text(said.key, { name: said.name })}
      </p>
      {data.members.length === 0 && !adding && (
        <StateView
          kind="empty"
          icon={IconUsers}
          title={text('none.what')}
          detail={text('none.next')}
        />
      )}
      {data.members.length > 0 && (
        <ul className={classes.list} aria-label={text('list')}>
          {data.members.map((member) => (
            <li key={member.patient_id}>
              <MemberCard
                member={member}
                hospitalZone={hospitalZone}
                onRemoved={() => setSaid({ key: 'remove.done', name: member.name })}
              >
                {member.state === 'active' && below(member)}
              </MemberCard>
            </li>
          ))}
        </ul>
      )}
      {add}
    </Stack>
  );
}

interface MemberCardProps {
  member: Member;
  hospitalZone: string | undefined;
  onRemoved: () => void;
  children: ReactNode;
}

function MemberCard({ member, hospitalZone, onRemoved, children }: MemberCardProps) {
  const text = useFamilyText();
  // A birthday is a day of the calendar, which has no zone: noon keeps it the same one everywhere.
  const calendar = useFormat('UTC');
  const format = useFormat(hospitalZone);
  const remove = useRemoveMember();
  const [asking, setAsking] = useState(false);
  const { name, state, ends_at: endsAt } = member;
  if (state === 'ended') return null;
  const title = `member-${member.patient_id}`;
  return (
    <Card component="section" aria-labelledby={title}>
      <Stack gap="sm">
        <div className={classes.head}>
          <Avatar name={name} size={48} />
          <div className={classes.who}>
            <h2 id={title} className={classes.heading}>
              {name}
            </h2>
            <p className={classes.quiet}>
              {text(`gender.${member.gender}`)} ·{' '}
              {text('born', { day: calendar.date(`${member.birth_date}T12:00:00Z`) })}
            </p>
            <p className={classes.quiet}>
              {text('you', { relationship: text(`relationship.${member.relationship}`) })}
            </p>
          </div>
          <StatusPill {...pills[state]}>{text(`state.${state}`)}</StatusPill>
        </div>
        {state === 'proposed' && <p>{text('proposedNext')}</p>}
        {state === 'returned' && <p>{text('returnedNext', { reason: member.reason ?? '' })}</p>}
        {endsAt !== null && (
          <p className={classes.quiet}>{text('until', { day: format.date(endsAt) })}</p>
        )}
        {children}
        <Button
          variant="default"
          className={classes.remove ?? ''}
          aria-label={text('remove.openOf', { name })}
          onClick={() => setAsking(true)}
        >
          {text('remove.open')}
        </Button>
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={text('remove.title', { name })}
        confirmLabel={text('remove.confirm')}
        onConfirm={async () => {
          await remove(member.patient_id);
          onRemoved();
        }}
        onClose={() => setAsking(false)}
      >
        {text('remove.body')}
      </ConfirmDialog>
    </Card>
  );
}
