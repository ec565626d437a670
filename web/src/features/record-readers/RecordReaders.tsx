import { Button } from '@mantine/core';
import { IconBan, IconEye, IconUser } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { useSessionText } from '../../shared/session';
import { InlineError, StateView, StatusPill } from '../../shared/ui';
import { byPerson, type Access, type Person } from './byPerson';
import classes from './RecordReaders.module.css';
import { hasReadersText, useReadersText } from './strings';

type Accesses = components['schemas']['AccessesView'];

function useAccesses(by: 'people' | 'system') {
  return useInfiniteQuery({
    queryKey: ['accesses', by],
    queryFn: ({ signal, pageParam }) =>
      http.get<Accesses>('/api/accesses', { signal, query: { by, before: pageParam } }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_before ?? undefined,
    // Each reading is itself a line of the trail: it is read when somebody looks, and not by itself.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/**
 * Who else used the patient's data: each person with what they did, how often, when, and why where a reason
 * is asked for. What the hospital's computer did by itself comes after the people, when asked for.
 */
export function RecordReaders({ hospitalZone }: { hospitalZone: string | undefined }) {
  const text = useReadersText();
  const [system, setSystem] = useState(false);
  return (
    <>
      <Accessed by="people" hospitalZone={hospitalZone} />
      {system ? (
        <section aria-labelledby="by-system" className={classes.system}>
          <h2 id="by-system" className={classes.heading}>
            {text('bySystem')}
          </h2>
          <Accessed by="system" hospitalZone={hospitalZone} />
        </section>
      ) : (
        <Button variant="default" fullWidth onClick={() => setSystem(true)}>
          {text('showSystem')}
        </Button>
      )}
      <p className={classes.quiet}>{text('question')}</p>
    </>
  );
}

interface AccessedProps {
  by: 'people' | 'system';
  hospitalZone: string | undefined;
}

function Accessed({ by, hospitalZone }: AccessedProps) {
  const text = useReadersText();
  const pages = useAccesses(by);
  const accesses = pages.data?.pages.flatMap((page) => page.accesses);

  if (!accesses) {
    if (!pages.error) return <StateView kind="loading" shape="list" />;
    return (
      <StateView
        kind="error"
        error={pages.error}
        safe={text('safe')}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  if (accesses.length === 0) {
    return <StateView kind="empty" icon={IconEye} title={text('none')} detail={text('noneNext')} />;
  }
  return (
    <>
      <ul className={classes.list} aria-label={text(by === 'people' ? 'list' : 'bySystem')}>
        {byPerson(accesses).map((person) => (
          <PersonLine key={person.key} person={person} hospitalZone={hospitalZone} />
        ))}
      </ul>
      {pages.isFetchNextPageError && <InlineError error={pages.error} />}
      {pages.hasNextPage ? (
        <Button
          variant="default"
          fullWidth
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {text('older')}
        </Button>
      ) : (
        <p className={classes.quiet}>{text('end')}</p>
      )}
    </>
  );
}

function PersonLine({
  person,
  hospitalZone,
}: {
  person: Person;
  hospitalZone: string | undefined;
}) {
  const text = useReadersText();
  const roleText = useSessionText();
  const { name, role } = person;
  return (
    <li className={classes.person}>
      <p className={classes.who}>
        {role !== null && <IconUser size={20} aria-hidden />}
        <bdi>{name ?? text(role === null ? 'system' : 'somebody')}</bdi>
        {role !== null && <span className={classes.quiet}>{roleText(`role.${role}`)}</span>}
      </p>
      <ul className={classes.things}>
        {person.accesses.map((access) => (
          <Line key={access.id} access={access} hospitalZone={hospitalZone} />
        ))}
      </ul>
    </li>
  );
}

function Line({ access, hospitalZone }: { access: Access; hospitalZone: string | undefined }) {
  const text = useReadersText();
  const format = useFormat(hospitalZone);
  const { first_at: first, last_at: last } = access;
  const key = `action.${access.action}`;
  const from = format.dateTime(first);
  const to = format.dateTime(last);
  return (
    <li className={classes.line}>
      <p className={classes.what}>
        {hasReadersText(key) ? text(key) : text('action.other')}
        {access.outcome === 'refused' && (
          <StatusPill icon={IconBan} tone="bad">
            {text('refused')}
          </StatusPill>
        )}
      </p>
      <p className={classes.quiet}>
        <time dateTime={last}>{from === to ? to : text('span', { from, to })}</time>
        {access.times > 1 && <span>{text('times', { count: access.times })}</span>}
        {access.visit_at !== null && (
          <span>{text('about', { when: format.dateTime(access.visit_at) })}</span>
        )}
      </p>
      {access.reason !== null && (
        <p className={classes.reason}>{text('reason', { reason: access.reason })}</p>
      )}
    </li>
  );
}
