import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  IconEar,
  IconLink,
  IconLinkOff,
  IconLock,
  IconPhoneOff,
  IconWorld,
  type Icon,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ApiError, useErrorDescription } from '../../shared/http';
import { connectLive, createLive, LiveContext, openWire } from '../../shared/live';
import { useHospital } from '../../shared/session';
import { PageShell } from '../../shared/shell';
import { Avatar, InlineError, StateView } from '../../shared/ui';
import { guestConsentVersion, useGuestConsent } from './consentText';
import { enterAsGuest, guestLinkKey, guestSessionKey, useGuestSession, useLook } from './guest';
import type { GuestLook } from './guest';
import classes from './Guest.module.css';
import { GuestVisit } from './GuestVisit';
import { forgetToken, takeToken, tokenArrives } from './link';
import { useGuestText } from './strings';

const live = createLive({ openSocket: () => connectLive(openWire({ as: 'guest' })) });
const words: Record<string, 'finished' | 'ended'> = { 'guest.visit_over': 'finished' };

/** /guest: for somebody without an account, invited to the call of one visit by a link. */
export default function GuestApp() {
  const [token, setToken] = useState(takeToken);
  const [left, setLeft] = useState(false);
  const client = useQueryClient();
  const look = useLook(token);
  const session = useGuestSession();
  const guest = session.data?.guest ?? null;
  useEffect(() => {
    // A link that is pasted into a tab with this page does not load it anew.
    const read = () => {
      if (!tokenArrives()) return;
      const arrived = takeToken();
      setToken(arrived);
      if (arrived === null) return;
      setLeft(false);
      void client.resetQueries({ queryKey: guestLinkKey });
      void client.resetQueries({ queryKey: guestSessionKey });
    };
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [client]);

  if (left) return <Ending what="left" />;
  if (token !== null && look.data) {
    const entered = () => {
      forgetToken();
      setToken(null);
      return client.invalidateQueries({ queryKey: guestSessionKey });
    };
    return <Invitation key={token} token={token} look={look.data} onEntered={entered} />;
  }
  if (session.isPending || (token !== null && look.isPending)) {
    return (
      <Page>
        <StateView kind="loading" shape="card" />
      </Page>
    );
  }
  if (guest) {
    // Also with a link that is used up: by this browser.
    return (
      <LiveContext value={live}>
        <GuestVisit guest={guest} onLeft={() => setLeft(true)} />
      </LiveContext>
    );
  }
  if (isOver(look.error)) return <Refused error={look.error} />;
  const failed = look.error ? look : session.error ? session : null;
  if (failed) {
    return (
      <Page>
        <StateView kind="error" error={failed.error} onRetry={() => void failed.refetch()} />
      </Page>
    );
  }
  const over = session.data?.over ?? null;
  return <Ending what={over === null ? 'none' : (words[over] ?? 'ended')} />;
}

function Page({ children }: { children: React.ReactNode }) {
  const text = useGuestText();
  return (
    <PageShell title={text('title')} withPlaces={false}>
      {children}
    </PageShell>
  );
}

/** Whether it was the link that was refused: trying again would not help. */
function isOver(error: Error | null): error is ApiError {
  return error instanceof ApiError && error.code.startsWith('guest.');
}

/** A link that leads nowhere any more: nothing went wrong with anything of the reader's. */
function Refused({ error }: { error: Error }) {
  const { what, next } = useErrorDescription(error);
  return (
    <Page>
      <StateView kind="empty" icon={IconLinkOff} title={what} detail={next} />
    </Page>
  );
}

/** Why there is nothing more to do here. */
export function Ending({ what }: { what: 'left' | 'finished' | 'ended' | 'none' }) {
  const text = useGuestText();
  return (
    <Page>
      <StateView
        kind="empty"
        icon={what === 'none' ? IconLink : IconPhoneOff}
        title={text(`${what}.what`)}
        detail={text(`${what}.next`)}
      />
    </Page>
  );
}

const marks: Record<'path' | 'see' | 'record', Icon> = {
  path: IconWorld,
  see: IconEar,
  record: IconLock,
};

interface InvitationProps {
  token: string;
  look: GuestLook;
  onEntered: () => Promise<unknown>;
}

/** Who invites, and what joining means; agreeing uses the link. */
function Invitation({ token, look, onEntered }: InvitationProps) {
  const text = useGuestText();
  const hospital = useHospital();
  const { title, points, whole } = useGuestConsent();
  const entering = useMutation({
    mutationFn: () => enterAsGuest(token, guestConsentVersion, whole),
    onSuccess: onEntered,
  });
  const doctor = look.practitioner_name;
  // Somebody else was faster, or it was taken back while this was read.
  if (isOver(entering.error)) return <Refused error={entering.error} />;
  return (
    <Page>
      <div className={classes.root}>
        <div className={classes.head}>
          <Avatar name={doctor} size={72} />
          <div>
            <h1 className={classes.title} tabIndex={-1}>
              {text('invited', { doctor })}
            </h1>
            <p className={classes.quiet}>{hospital?.name}</p>
            <p className={classes.quiet}>{text('as', { name: look.guest_name })}</p>
          </div>
        </div>
        <section className={classes.card} aria-labelledby="guest-consent">
          <h2 id="guest-consent" className={classes.subtitle}>
            {title}
          </h2>
          <ul className={classes.points}>
            {points.map(({ key, words: said }) => {
              const Mark = marks[key];
              return (
                <li key={key}>
                  <Mark size={20} stroke={1.75} aria-hidden />
                  <span>{said}</span>
                </li>
              );
            })}
          </ul>
        </section>
        {entering.error && <InlineError error={entering.error} />}
        <div className={classes.bar}>
          <Button fullWidth loading={entering.isPending} onClick={() => entering.mutate()}>
            {text('agree')}
          </Button>
          <p className={classes.quiet}>{text('once')}</p>
        </div>
      </div>
    </Page>
  );
}
