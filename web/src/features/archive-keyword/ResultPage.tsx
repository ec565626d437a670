import { Button, Progress } from '@mantine/core';
import { IconArrowLeft, IconClockOff, IconLock, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../../shared/console';
import { useHospitalTime } from '../../shared/session';
import { ConfirmDialog, InlineError, StateView } from '../../shared/ui';
import { HitCard } from './HitCard';
import classes from './Keyword.module.css';
import {
  cancelSearch,
  hitsKey,
  lookAgainMs,
  readHits,
  readSearch,
  searchKey,
  type Search,
} from './searches';
import { SearchState } from './SearchState';
import { useKeywordText } from './strings';
import { useWhere } from './useWhere';

export interface ResultPageProps {
  backTo: string;
  recordPath: (id: string) => string;
}

/** One search: how far it is, what it skipped, and the messages it found, decrypted as they are shown. */
export function ResultPage({ backTo, recordPath }: ResultPageProps) {
  const text = useKeywordText();
  const { id = '' } = useParams();
  const search = useQuery({
    queryKey: searchKey(id),
    queryFn: ({ signal }) => readSearch(id, signal),
    refetchInterval: ({ state }) => lookAgainMs(state.data),
    refetchOnWindowFocus: false,
  });
  const found = search.data;
  const title = found?.word ? text('resultTitle', { word: found.word }) : text('resultTitleHidden');
  return (
    <Page title={title} lead={found && <Facts search={found} />}>
      <Link to={backTo} className={classes.back}>
        <IconArrowLeft size={18} aria-hidden /> {text('back')}
      </Link>
      {found ? (
        <>
          <Standing search={found} />
          <Results search={found} recordPath={recordPath} />
        </>
      ) : search.isError ? (
        <StateView
          kind="error"
          error={search.error}
          safe={text('safe')}
          onRetry={() => void search.refetch()}
        />
      ) : (
        <StateView kind="loading" shape="list" />
      )}
    </Page>
  );
}

function Facts({ search }: { search: Search }) {
  const text = useKeywordText();
  const time = useHospitalTime();
  const where = useWhere();
  const { by_name: name, created_at: at, reason } = search;
  return (
    <>
      {where(search)}
      <br />
      {text('reasonIs', { reason })}
      <br />
      {text('askedBy', { name, when: `${time.shortDate(at)} ${time.minutes(at)}` })}
    </>
  );
}

function Standing({ search }: { search: Search }) {
  const text = useKeywordText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { state, done, total, hits, damaged, destroyed, capped, own } = search;
  const running = state === 'running';
  const cancel = useMutation({
    mutationFn: () => cancelSearch(search.id),
    onSettled: () => client.invalidateQueries({ queryKey: searchKey(search.id), exact: true }),
  });
  const said = [
    capped ? text('capped') : '',
    state === 'failed' ? text('failedWhy') : '',
    damaged > 0 ? text('damaged', { count: damaged }) : '',
    destroyed > 0 ? text('destroyed', { count: destroyed }) : '',
  ].filter((line) => line !== '');

  return (
    <section className={classes.standing}>
      <div className={classes.standingHead} role="status">
        <SearchState state={state} />
        <span>{running && done === 0 ? text('waiting') : text('progress', { done, total })}</span>
        <strong>{text('found', { count: hits })}</strong>
        {state !== 'expired' && (
          <span className={classes.quiet}>
            {text('expires', { day: time.date(search.expires_at) })}
          </span>
        )}
        {running && own && (
          <Button variant="default" className={classes.stop} onClick={() => setAsking(true)}>
            {text('cancel')}
          </Button>
        )}
      </div>
      {running && (
        <Progress
          value={total === 0 ? 0 : (done / total) * 100}
          aria-label={text('progress', { done, total })}
        />
      )}
      {said.map((line) => (
        <p key={line} className={classes.remark}>
          {line}
        </p>
      ))}
      <ConfirmDialog
        opened={asking}
        title={text('cancelTitle')}
        confirmLabel={text('cancel')}
        onConfirm={() => cancel.mutateAsync().then(() => undefined)}
        onClose={() => setAsking(false)}
      >
        {text('cancelWhat')}
      </ConfirmDialog>
    </section>
  );
}

function Results({ search, recordPath }: { search: Search; recordPath: (id: string) => string }) {
  const text = useKeywordText();
  const { id, own, state, hits: count } = search;
  const readable = own && state !== 'expired' && count > 0;
  const hits = useInfiniteQuery({
    queryKey: hitsKey(id),
    queryFn: ({ signal, pageParam }) => readHits(id, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_after ?? undefined,
    enabled: readable,
    // Every reading leaves lines in the audit trail: nothing is read again unasked.
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  const shown = hits.data?.pages.flatMap((page) => page.hits);
  const { refetch } = hits;
  const behind = shown !== undefined && shown.length < count && !hits.hasNextPage;
  useEffect(() => {
    // The search went on since the last page was read: that page has grown, or there is a next one.
    if (behind && state !== 'running') void refetch();
  }, [behind, state, refetch]);

  if (state === 'expired') {
    return (
      <StateView
        kind="empty"
        icon={IconClockOff}
        title={text('expired.what')}
        detail={text('expired.next')}
      />
    );
  }
  if (!own) {
    return (
      <StateView
        kind="empty"
        icon={IconLock}
        title={text('notOwn.what')}
        detail={text('notOwn.next')}
      />
    );
  }
  if (count === 0) {
    const key = state === 'running' ? 'noneYet' : 'none';
    return (
      <StateView
        kind="empty"
        icon={IconSearchOff}
        title={text(`${key}.what`)}
        detail={text(`${key}.next`)}
      />
    );
  }
  if (!shown) {
    return hits.isError ? (
      <StateView kind="error" error={hits.error} onRetry={() => void hits.refetch()} />
    ) : (
      <StateView kind="loading" shape="list" />
    );
  }
  return (
    <section className={classes.results}>
      <ul className={classes.hits} aria-label={text('results')}>
        {shown.map((hit) => (
          <HitCard key={hit.id} hit={hit} recordPath={recordPath} />
        ))}
      </ul>
      {hits.isError && <InlineError error={hits.error} />}
      {(hits.hasNextPage || behind) && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={hits.isFetching}
            onClick={() => void (hits.hasNextPage ? hits.fetchNextPage() : hits.refetch())}
          >
            {text('more')}
          </Button>
          <p className={classes.quiet}>{text('moreAudited')}</p>
        </div>
      )}
    </section>
  );
}
