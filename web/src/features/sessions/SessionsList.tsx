import { Button } from '@mantine/core';
import { IconCircleCheck, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { ConfirmDialog, MarkedRow, MarkedRows, StateView, StatusPill } from '../../shared/ui';
import { deviceOf } from './device';
import classes from './SessionsList.module.css';
import { useSessionsText } from './strings';

type OpenSession = components['schemas']['OpenSession'];
type OpenSessions = components['schemas']['OpenSessions'];

const queryKey = ['sessions'];

/** The own open sessions; all but the present one can be ended here. */
export function SessionsList() {
  const text = useSessionsText();
  const format = useFormat();
  const client = useQueryClient();
  const [ending, setEnding] = useState<OpenSession>();
  const [opened, setOpened] = useState(false);
  const [ended, setEnded] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<OpenSessions>('/api/sessions', { signal }),
  });

  const nameOf = ({ user_agent }: OpenSession) => {
    const { browser, system } = deviceOf(user_agent);
    if (browser !== undefined && system !== undefined) return text('device', { browser, system });
    return browser ?? system ?? text('unknown');
  };

  if (error && !data) {
    return (
      <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
    );
  }
  if (!data) return <StateView kind="loading" shape="list" />;

  const sessions = [...data.sessions].sort(
    (one, other) =>
      Number(other.current) - Number(one.current) ||
      Date.parse(other.last_seen_at) - Date.parse(one.last_seen_at),
  );
  return (
    <>
      <MarkedRows>
        {sessions.map((session) => {
          const device = nameOf(session);
          return (
            <MarkedRow
              key={session.id}
              icon={deviceOf(session.user_agent).mobile ? IconDeviceMobile : IconDeviceDesktop}
              name={
                <>
                  {device}
                  {session.current && (
                    <StatusPill icon={IconCircleCheck} tone="good">
                      {text('this')}
                    </StatusPill>
                  )}
                </>
              }
              title={session.user_agent}
              facts={[
                text('opened', { when: format.dateTime(session.created_at) }),
                ...(session.current
                  ? []
                  : [text('seen', { when: format.dateTime(session.last_seen_at) })]),
                text('idle', { when: format.dateTime(session.idle_expires_at) }),
              ]}
              action={
                !session.current && (
                  <Button
                    variant="default"
                    aria-label={text('endOf', { device })}
                    onClick={() => {
                      setEnded(false);
                      setEnding(session);
                      setOpened(true);
                    }}
                  >
                    {text('end')}
                  </Button>
                )
              }
            />
          );
        })}
      </MarkedRows>
      <p className={classes.note} role="status">
        {ended ? text('ended') : sessions.length === 1 ? text('none') : ''}
      </p>
      <ConfirmDialog
        opened={opened}
        title={text('confirm.title')}
        confirmLabel={text('confirm.do')}
        onClose={() => setOpened(false)}
        onConfirm={async () => {
          if (!ending) return;
          await http.delete(`/api/sessions/${ending.id}`);
          setEnded(true);
          await client.invalidateQueries({ queryKey });
        }}
      >
        {ending && text('confirm.body', { device: nameOf(ending) })}
      </ConfirmDialog>
    </>
  );
}
