import { Button } from '@mantine/core';
import { IconBan, IconListSearch, IconRefresh, IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { components } from '../../protocol/api';
import { Page, PagedTable, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { useHospitalTime, useSessionText } from '../../shared/session';
import { StatusPill } from '../../shared/ui';
import classes from './AuditPage.module.css';
import { hasAuditText, useAuditText } from './strings';

type Line = components['schemas']['AuditLine'];
type Answer = components['schemas']['AuditLines'];

export interface AuditPageProps {
  /** The address of a consultation's record, for who may read it. */
  recordPath?: (id: string) => string;
}

/** Ids are random at their end, and their beginning is a time: the end tells them apart. */
const short = (id: string) => `…${id.slice(-8)}`;

/** The audit trail, newest first; of one patient when the address names one. */
export function AuditPage({ recordPath }: AuditPageProps) {
  const text = useAuditText();
  const roleText = useSessionText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const [parameters, setParameters] = useSearchParams();
  const patient = parameters.get('patient') ?? '';
  const [zoneAt] = useState(() => Date.now());

  const queryKey = ['audit', patient];
  const trail = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) =>
      http.get<Answer>('/api/audit', {
        signal,
        query: { before: pageParam, patient_id: patient || undefined },
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_before ?? undefined,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const rows = trail.data?.pages.flatMap(({ lines }) => lines);

  const words = ({ action }: Line) => {
    const key = `action.${action}`;
    return hasAuditText(key) ? text(key) : action;
  };
  const subject = ({ subject_type: type, subject_id: id }: Line) => {
    if (type === null) return null;
    const key = `subject.${type}`;
    const word = hasAuditText(key) ? text(key) : type;
    const name = (
      <>
        {word} {id !== null && <code className={classes.id}>{short(id)}</code>}
      </>
    );
    if (type !== 'consultation' || id === null || !recordPath) return name;
    return (
      <Link to={recordPath(id)} className={classes.link} title={text('openRecord')}>
        {name}
      </Link>
    );
  };

  const columns: Column<Line>[] = [
    {
      key: 'when',
      head: text('column.when'),
      cell: ({ at }) => (
        <time dateTime={at} className={classes.when}>
          {time.shortDate(at)} {time.seconds(at)}
        </time>
      ),
    },
    {
      key: 'who',
      head: text('column.who'),
      cell: ({ actor_name: name, actor_role: role, action }) => (
        <span className={classes.who}>
          <bdi>{name ?? text(action === 'session.sign_in_refused' ? 'nobody' : 'system')}</bdi>
          {role && <span className={classes.quiet}>{roleText(`role.${role}`)}</span>}
        </span>
      ),
    },
    {
      key: 'what',
      head: text('column.what'),
      lead: true,
      cell: (line) => (
        <span className={classes.what}>
          {words(line)}
          {line.outcome === 'refused' && (
            <StatusPill icon={IconBan} tone="bad">
              {text('refused')}
            </StatusPill>
          )}
        </span>
      ),
    },
    { key: 'subject', head: text('column.subject'), cell: subject },
    {
      key: 'patient',
      head: text('column.patient'),
      cell: ({ patient_id: id }) =>
        id !== null && (
          <button
            type="button"
            className={classes.link}
            title={text('onlyThis', { id })}
            aria-label={text('onlyThis', { id: short(id) })}
            onClick={() => setParameters({ patient: id })}
          >
            <code className={classes.id}>{short(id)}</code>
          </button>
        ),
    },
  ];

  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} aria-hidden />}
          loading={trail.isFetching && !trail.isFetchingNextPage}
          // From the first page only: asking again for all that was unrolled would fill the trail itself.
          onClick={() => void client.resetQueries({ queryKey, exact: true })}
        >
          {text('newest')}
        </Button>
      }
    >
      {patient !== '' && (
        <p className={classes.filter}>
          <span>
            {text('ofPatient')}: <code className={classes.id}>{patient}</code>
          </span>
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconX size={16} aria-hidden />}
            onClick={() => setParameters({})}
          >
            {text('everyone')}
          </Button>
        </p>
      )}
      <PagedTable
        list={trail}
        safe={text('safe')}
        empty={{
          icon: IconListSearch,
          title: text(patient ? 'emptyPatient.what' : 'empty.what'),
          detail: text(patient ? 'emptyPatient.next' : 'empty.next'),
        }}
        more={text('older')}
        above={<p className={classes.zone}>{text('zone', { zone: time.zoneShort(zoneAt) })}</p>}
        label={text('list')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        expected={12}
      />
    </Page>
  );
}
