import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { CallStage, CameraMirror } from '../../features/call';
import { DeviceCheck, Mirror, type DrawMirror } from '../../features/ready-check';
import { useRoomOf } from '../../shared/live';
import { DemoBanner, LanguageSwitch, PageShell, usePageTitle, Wordmark } from '../../shared/shell';
import { useSurface } from '../../shared/theme';
import { InlineError } from '../../shared/ui';
import { guestSessionKey, hangUp, type Guest } from './guest';
import classes from './Guest.module.css';
import { useGuestText } from './strings';

const drawMirror: DrawMirror = (props) => <CameraMirror {...props} />;

export interface GuestVisitProps {
  guest: Guest;
  /** The guest hung up: for good. */
  onLeft: () => void;
}

/** The guest's own check of camera and sound, then the call. */
export function GuestVisit({ guest, onLeft }: GuestVisitProps) {
  const text = useGuestText();
  const client = useQueryClient();
  const visit = useRoomOf(guest.id, guest.consultation_id, { kind: 'guest', enter: 'later' });
  const { media, devices, state } = visit;
  const { phase } = state;
  const over =
    state.connection.status === 'signed-out' ||
    ['finished', 'cancelled'].includes(state.consultation?.state ?? '');
  useSurface('patient');
  usePageTitle(text('title'));
  useEffect(() => {
    // The hospital says in whose words it is over.
    if (over) void client.invalidateQueries({ queryKey: guestSessionKey });
  }, [over, client]);
  const checks = phase === 'outside';
  useEffect(() => {
    if (checks) void media.acquire();
  }, [checks, media]);

  if (checks) {
    return (
      <PageShell title={text('title')} withPlaces={false}>
        <div className={classes.root}>
          <div>
            <h1 className={classes.title} tabIndex={-1}>
              {text('ready.title')}
            </h1>
            <p className={classes.quiet}>
              {text('ready.lead', { doctor: guest.practitioner_name })}
            </p>
          </div>
          <Mirror media={media} devices={devices} draw={drawMirror} />
          <DeviceCheck media={media} devices={devices} />
          {state.error && <InlineError error={state.error} />}
          <div className={classes.bar}>
            <Button fullWidth onClick={visit.enter}>
              {text('join')}
            </Button>
          </div>
        </div>
      </PageShell>
    );
  }
  const onHangUp = async () => {
    await visit.room.leave();
    await hangUp();
    onLeft();
  };
  return (
    <div className={classes.stage}>
      <DemoBanner />
      <header className={classes.header}>
        <Wordmark />
        <LanguageSwitch />
      </header>
      <main className={classes.call}>
        <CallStage visit={visit} onHangUp={onHangUp} shortcuts />
      </main>
    </div>
  );
}
