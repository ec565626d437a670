import { Button } from '@mantine/core';
import { IconBan, IconEye } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { useSessionText } from '../../shared/session';
import { InlineError, StateView, StatusPill } from '../../shared/ui';
import classes from './RecordReaders.module.css';
import { hasReadersText, useReadersText } from './strings';

type Access = components['schemas']['AccessView'];
type Accesses = components['schemas']['AccessesView'];

/** Who else used the patient's data: who, when, what, and why where a reason is asked for. */
export function RecordReaders({ hospitalZone }: { hospitalZone: string | undefined }) {
  const text = useReadersText();
  const pages = useInfiniteQuery({
    queryKey: ['accesses'],
    queryFn: ({ signal, pageParam }) =>
      http.get<Accesses>('/api/accesses', { signal, query: { before: pageParam } }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_before ?? undefined,
    // Each reading is itself a line of the trail: it is read when somebody looks, and not by itself.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
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
      <ul className={classes.list} aria-label={text('list')}>
        {accesses.map((access) => (
          <Line key={access.id} access={access} hospitalZone={hospitalZone} />
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
      <p className={classes.quiet}>{text('question')}</p>
    </>
  );
}

function Line({ access, hospitalZone }: { access: Access; hospitalZone: string | undefined }) {
  const text = useReadersText();
  const roleText = useSessionText();
  const format = useFormat(hospitalZone);
  const { actor_name: name, actor_role: role, first_at: first, last_at: last } = access;
  const key = `action.${access.action}`;
  const from = format.dateTime(first);
  const to = format.dateTime(last);
  return (
    <li className={classes.line}>
      <p className={classes.who}>
        <bdi>{name ?? text(role === null ? 'system' : 'somebody')}</bdi>
        {role !== null && <span className={classes.quiet}>{roleText(`role.${role}`)}</span>}
      </p>
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
