import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { useFormat } from '../../shared/i18n';
import { canUsePasskeys } from '../../shared/passkeys';
import { ConfirmDialog, MarkedRow, MarkedRows, StateView } from '../../shared/ui';
import { NewPasskeyDialog } from './NewPasskeyDialog';
import classes from './Passkeys.module.css';
import { usePasskeysText } from './strings';

type Passkeys = components['schemas']['Passkeys'];
type Passkey = components['schemas']['PasskeyView'];

const queryKey = ['passkeys'];

/** The own passkeys: adding one, removing one. */
export function PasskeysList() {
  const text = usePasskeysText();
  const format = useFormat();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey>();
  const [opened, setOpened] = useState(false);
  const [said, setSaid] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<Passkeys>('/api/passkeys', { signal }),
  });
  const why =
    data?.available === false ? 'unavailable' : canUsePasskeys() ? undefined : 'unsupported';

  return (
    <section className={classes.section} aria-labelledby="passkeys">
      <h2 id="passkeys" className={classes.heading}>
        {text('title')}
      </h2>
      <p className={classes.lead}>{text('lead')}</p>
      {error && !data ? (
        <StateView kind="error" error={error} safe={text('safe')} onRetry={() => void refetch()} />
      ) : !data ? (
        <StateView kind="loading" shape="list" />
      ) : (
        <>
          {data.passkeys.length > 0 && (
            <MarkedRows>
              {data.passkeys.map((passkey) => (
                <MarkedRow
                  key={passkey.id}
                  icon={IconKey}
                  name={passkey.name}
                  facts={[
                    text('added', { when: format.dateTime(passkey.created_at) }),
                    passkey.last_used_at === null
                      ? text('unused')
                      : text('used', { when: format.dateTime(passkey.last_used_at) }),
                  ]}
                  action={
                    <Button
                      variant="default"
                      aria-label={text('removeOf', { name: passkey.name })}
                      onClick={() => {
                        setSaid('');
                        setRemoving(passkey);
                        setOpened(true);
                      }}
                    >
                      {text('remove')}
                    </Button>
                  }
                />
              ))}
            </MarkedRows>
          )}
          <p className={classes.note} role="status">
            {said || (data.passkeys.length === 0 && why === undefined && text('none'))}
          </p>
          {why === undefined ? (
            <Button
              variant="default"
              onClick={() => {
                setSaid('');
                setAdding(true);
              }}
            >
              {text('add')}
            </Button>
          ) : (
            <p className={classes.lead}>{text(why)}</p>
          )}
        </>
      )}
      {adding && (
        <NewPasskeyDialog
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            setSaid(text('done'));
            void client.invalidateQueries({ queryKey });
          }}
        />
      )}
      <ConfirmDialog
        opened={opened}
        title={text('confirm.title')}
        confirmLabel={text('confirm.do')}
        onClose={() => setOpened(false)}
        onConfirm={async () => {
          if (!removing) return;
          await http.delete(`/api/passkeys/${removing.id}`);
          setSaid(text('removed'));
          await client.invalidateQueries({ queryKey });
        }}
      >
        {removing && text('confirm.body', { name: removing.name })}
      </ConfirmDialog>
    </section>
  );
}
