import { IconUsersGroup } from '@tabler/icons-react';
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '../../shared/http';
import { ConfirmDialog, StateView } from '../../shared/ui';
import { DecisionDialog } from './DecisionDialog';
import { RequestCard } from './RequestCard';
import classes from './RequestsPanel.module.css';
import { isOpen, type Act } from './steps';
import { useRetentionText } from './strings';
import { retentionKey, type DestructionRequest, type DestructionRequests } from './types';

export interface RequestsPanelProps {
  requests: UseQueryResult<DestructionRequests>;
  onSaid: (said: string) => void;
  onRecords: () => void;
}

/** Requests to destroy records: those under way first, each with what is still needed. */
export function RequestsPanel({ requests, onSaid, onRecords }: RequestsPanelProps) {
  const text = useRetentionText();
  const [deciding, setDeciding] = useState<{ act: Act; request: DestructionRequest }>();
  const { data, error } = requests;

  if (error && !data) {
    return (
      <StateView
        kind="error"
        error={error}
        safe={text('safe')}
        onRetry={() => void requests.refetch()}
      />
    );
  }
  if (!data) return <StateView kind="loading" shape="list" />;
  if (data.requests.length === 0) {
    return (
      <StateView
        kind="empty"
        icon={IconUsersGroup}
        title={text('requests.empty.what')}
        detail={text('requests.empty.next')}
        action={{ label: text('requests.empty.do'), onPress: onRecords }}
      />
    );
  }
  const open = data.requests.filter(isOpen);
  const ended = data.requests.filter((request) => !isOpen(request));
  const list = (label: string, requestsOf: DestructionRequest[]) => (
    <section className={classes.list} aria-label={label}>
      <h2 className={classes.title}>{label}</h2>
      {requestsOf.map((request) => (
        <RequestCard
          key={request.id}
          request={request}
          onAct={(act) => setDeciding({ act, request })}
        />
      ))}
    </section>
  );
  return (
    <>
      {open.length > 0 && list(text('requests.open'), open)}
      {ended.length > 0 && list(text('requests.ended'), ended)}
      {deciding && (
        <Deciding {...deciding} onSaid={onSaid} onClose={() => setDeciding(undefined)} />
      )}
    </>
  );
}

interface DecidingProps {
  act: Act;
  request: DestructionRequest;
  onSaid: (said: string) => void;
  onClose: () => void;
}

/** The dialog of what somebody is about to do to a request. */
function Deciding({ act, request, onSaid, onClose }: DecidingProps) {
  const text = useRetentionText();
  const client = useQueryClient();
  const left = request.records - request.spared;
  const send = async (body?: object) => {
    const path = `/api/retention/requests/${request.id}/${act}`;
    const after = await http.post<DestructionRequest>(path, body);
    await client.invalidateQueries({ queryKey: retentionKey });
    // A destruction finds nothing when what was left is under hold by now: then it says so.
    onSaid(text(act === 'destroy' && after.destroyed === null ? 'said.spared' : `said.${act}`));
  };

  switch (act) {
    case 'approve':
      return (
        <DecisionDialog
          title={text('approve.title', { count: left })}
          consequence={
            <>
              <p>{text(request.approvals_missing > 1 ? 'approve.first' : 'approve.second')}</p>
              <p>{text('consequence')}</p>
            </>
          }
          withPassword
          confirmLabel={text('approve.do')}
          onDecide={({ password }) => send({ password })}
          onClose={onClose}
        />
      );
    case 'refuse':
      return (
        <DecisionDialog
          title={text('refuse.title')}
          consequence={<p>{text('refuse.body')}</p>}
          tone="plain"
          reasonLabel={text('refuse.reason')}
          confirmLabel={text('refuse.do')}
          onDecide={({ reason }) => send({ reason })}
          onClose={onClose}
        />
      );
    case 'withdraw':
      return (
        <ConfirmDialog
          opened
          tone="plain"
          title={text('withdraw.title')}
          confirmLabel={text('withdraw.do')}
          onConfirm={() => send()}
          onClose={onClose}
        >
          {text('withdraw.body')}
        </ConfirmDialog>
      );
    case 'destroy':
      return (
        <DecisionDialog
          title={text('destroy.title', { count: left })}
          consequence={
            <>
              <p>{text('destroy.now')}</p>
              <p>{text('consequence')}</p>
            </>
          }
          confirmLabel={text('destroy.do', { count: left })}
          onDecide={() => send()}
          onClose={onClose}
        />
      );
  }
}
