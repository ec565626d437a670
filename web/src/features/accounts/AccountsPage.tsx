import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBan, IconCircleCheck, IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { DenseTable, Page, type Column } from '../../shared/console';
import { http } from '../../shared/http';
import { roles, useAccount, useHospitalTime, useSessionText } from '../../shared/session';
import { ConfirmDialog, StateView, StatusPill } from '../../shared/ui';
import classes from './AccountsPage.module.css';
import { NewAccountForm } from './NewAccountForm';
import { useAccountsText } from './strings';

type Account = components['schemas']['AccountView'];
type Accounts = components['schemas']['Accounts'];

const queryKey = ['accounts'];

/** Nobody reads what half a name finds: the rest of it is waited for. */
const typedMs = 250;

/** Everybody who can sign in: finding, making, disabling and enabling accounts. */
export function AccountsPage() {
  const text = useAccountsText();
  const roleText = useSessionText();
  const time = useHospitalTime();
  const client = useQueryClient();
  const own = useAccount();
  const [part, setPart] = useState('');
  const [role, setRole] = useState('');
  const [asked] = useDebouncedValue(part.trim(), typedMs);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: [...queryKey, asked, role],
      queryFn: ({ signal, pageParam }) =>
        http.get<Accounts>('/api/accounts', {
          signal,
          query: { name: asked || undefined, role: role || undefined, cursor: pageParam },
        }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      placeholderData: keepPreviousData,
      // Every reading leaves a line for each patient.
      staleTime: 60_000,
      refetchOnWindowFocus: false,
    },
  );
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Account>();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<{
    key: 'made' | 'disabledSaid' | 'enabledSaid';
    account: Account;
  }>();

  const about = ({ display_name: name, login }: Account) => ({ name, login });
  const act = changing?.disabled_at === null ? 'disable' : 'enable';
  const columns: Column<Account>[] = [
    {
      key: 'name',
      head: text('column.name'),
      lead: true,
      cell: ({ display_name, demo }) => (
        <>
          <bdi className={classes.name}>{display_name}</bdi>
          {demo && <span className={classes.quiet}> · {text('demo')}</span>}
        </>
      ),
    },
    {
      key: 'login',
      head: text('column.login'),
      cell: ({ login }) => <span className={classes.login}>{login}</span>,
    },
    { key: 'role', head: text('column.role'), cell: (one) => roleText(`role.${one.role}`) },
    {
      key: 'mail',
      head: text('column.mail'),
      cell: ({ email }) =>
        email === null ? (
          <span className={classes.quiet}>{text('noMail')}</span>
        ) : (
          <span className={classes.login}>{email}</span>
        ),
    },
    {
      key: 'state',
      head: text('column.state'),
      cell: ({ disabled_at: since }) =>
        since === null ? (
          <StatusPill icon={IconCircleCheck} tone="good">
            {text('active')}
          </StatusPill>
        ) : (
          <span className={classes.state}>
            <StatusPill icon={IconBan}>{text('disabled')}</StatusPill>
            <span className={classes.quiet}>{time.shortDate(since)}</span>
          </span>
        ),
    },
    {
      key: 'do',
      head: text('column.do'),
      actions: true,
      cell: (one) => {
        if (one.id === own.id) return <span className={classes.quiet}>{text('you')}</span>;
        const verb = one.disabled_at === null ? 'disable' : 'enable';
        return (
          <Button
            variant="subtle"
            color={verb === 'disable' ? 'bad' : 'brand'}
            size="compact-md"
            aria-label={text(`${verb}.buttonOf`, about(one))}
            onClick={() => {
              setSaid(undefined);
              setChanging(one);
              setAsking(true);
            }}
          >
            {text(`${verb}.button`)}
          </Button>
        );
      },
    },
  ];

  const rows = data?.pages.flatMap((page) => page.accounts);
  const filtered = asked !== '' || role !== '';

  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      actions={
        <Button
          leftSection={<IconUserPlus size={18} aria-hidden />}
          onClick={() => {
            setSaid(undefined);
            setMaking(true);
          }}
        >
          {text('new')}
        </Button>
      }
    >
      <p className={classes.said} role="status">
        {said && text(said.key, about(said.account))}
      </p>
      {error && !data ? (
        <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
      ) : (
        <>
          <div className={classes.filters}>
            <TextInput
              aria-label={text('find')}
              placeholder={text('find')}
              leftSection={<IconSearch size={18} aria-hidden />}
              maxLength={120}
              value={part}
              onChange={(event) => setPart(event.currentTarget.value)}
            />
            <NativeSelect
              aria-label={text('role')}
              value={role}
              onChange={(event) => setRole(event.currentTarget.value)}
              data={[
                { value: '', label: text('everyRole') },
                ...roles.map((value) => ({ value, label: roleText(`role.${value}`) })),
              ]}
            />
            <span className={classes.quiet} role="status">
              {rows && text(hasNextPage ? 'shownFirst' : 'shown', { count: rows.length })}
            </span>
          </div>
          {rows?.length === 0 ? (
            <StateView
              kind="empty"
              icon={IconUsers}
              title={text(filtered ? 'noMatch.what' : 'empty.what')}
              detail={text(filtered ? 'noMatch.next' : 'empty.next')}
              {...(filtered
                ? {
                    action: {
                      label: text('noMatch.clear'),
                      onPress: () => {
                        setPart('');
                        setRole('');
                      },
                    },
                  }
                : {})}
            />
          ) : (
            <DenseTable
              label={text('list')}
              columns={columns}
              rows={rows}
              rowKey={({ id }) => id}
              expected={8}
            />
          )}
          {hasNextPage && (
            <Button
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {text('more')}
            </Button>
          )}
        </>
      )}
      {making && (
        <NewAccountForm
          onClose={() => setMaking(false)}
          onMade={(account) => {
            setMaking(false);
            setSaid({ key: 'made', account });
          }}
        />
      )}
      <ConfirmDialog
        opened={asking}
        title={text(`${act}.title`)}
        confirmLabel={text(`${act}.do`)}
        tone={act === 'disable' ? 'danger' : 'plain'}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          if (!changing) return;
          await http.post(`/api/accounts/${changing.id}/${act}`);
          setSaid({ key: `${act}dSaid`, account: changing });
          await client.invalidateQueries({ queryKey });
        }}
      >
        {changing && text(`${act}.body`, about(changing))}
      </ConfirmDialog>
    </Page>
  );
}
