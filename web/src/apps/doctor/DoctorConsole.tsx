import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ProfileTodo } from '../../features/doctor-approval';
import {
  ArrivalNews,
  chimeWanted,
  groupQueue,
  NextUp,
  QueueRail,
  useClockAhead,
  wantChime,
} from '../../features/doctor-queue';
import { useQueue } from '../../shared/live';
import { homeOf, useHospital } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import type { Call } from './call';
import { ConsultationDesk } from './ConsultationDesk';
import classes from './DoctorConsole.module.css';
import { moveInQueue } from './moveInQueue';
import { profilePlace } from './OwnDialogs';
import { ShortcutSheet } from './ShortcutSheet';
import { useDoctorText } from './strings';
import { useEscapeLeavesFields, useShortcuts } from './useShortcuts';

const home = homeOf.doctor;
const hrefOf = (consultationId: string) => `${home}/${consultationId}`;

export interface DoctorConsoleProps {
  /** The consultation in the centre; none on the console's first page. */
  selectedId: string | undefined;
}

/**
 * The doctor's page: the day on the left, one consultation beside it. A call outlives a look at another
 * patient: its desk stays, unseen, and a bar leads back to it.
 */
export function DoctorConsole({ selectedId }: DoctorConsoleProps) {
  const text = useDoctorText();
  const navigate = useNavigate();
  const hospitalZone = useHospital()?.time_zone;
  const { state, connection, queue } = useQueue();
  const entries = state.view?.entries;
  const groups = useMemo(() => groupQueue(entries ?? []), [entries]);
  const aheadMs = useClockAhead(state.view?.at);
  const [chime, setChime] = useState(chimeWanted);
  const [help, setHelp] = useState(false);
  const [call, setCall] = useState<Call | null>(null);
  const [barSlot, setBarSlot] = useState<HTMLElement | null>(null);
  const rail = useRef<HTMLDivElement>(null);

  const waiting = groups.waiting.length;
  usePageTitle(waiting > 0 ? `(${waiting}) ${text('place')}` : text('place'));
  useEscapeLeavesFields();
  useShortcuts({
    j: () => moveInQueue(rail.current, 1),
    k: () => moveInQueue(rail.current, -1),
    '?': () => setHelp(true),
  });

  // In one order whatever is looked at: a picture that moves within the page may stop.
  const deskIds = [...new Set([call?.id, selectedId])].filter((id) => id !== undefined).sort();

  return (
    <div className={classes.root} data-selected={selectedId !== undefined}>
      {/* Nobody is chimed at while they talk with a patient. */}
      <ArrivalNews entries={entries} chime={chime && call === null} />
      <div ref={setBarSlot} className={classes.bar} />
      {selectedId === undefined && call === null && (
        <div className={classes.todo}>
          <ProfileTodo to={profilePlace} />
        </div>
      )}
      <div className={classes.columns}>
        <div ref={rail} className={classes.rail}>
          <QueueRail
            state={state}
            connection={connection}
            selectedId={selectedId}
            hrefOf={hrefOf}
            hospitalZone={hospitalZone}
            aheadMs={aheadMs}
            chime={chime}
            onChime={(wanted) => {
              wantChime(wanted);
              setChime(wanted);
            }}
            onHelp={() => setHelp(true)}
            onRetry={() => void queue.refresh()}
          />
        </div>
        <div className={classes.area}>
          {selectedId === undefined && state.view && (
            <div className={classes.nobody}>
              <NextUp
                groups={groups}
                exceptId={call?.id}
                hrefOf={hrefOf}
                hospitalZone={hospitalZone}
                aheadMs={aheadMs}
                chime={chime}
              />
            </div>
          )}
          {deskIds.map((id) => (
            <ConsultationDesk
              key={id}
              consultationId={id}
              shown={id === selectedId}
              entry={entries?.find((entry) => entry.consultation_id === id)}
              queueKnown={state.view !== null || state.error !== null}
              groups={groups}
              call={call}
              barSlot={barSlot}
              home={home}
              hrefOf={hrefOf}
              hospitalZone={hospitalZone}
              aheadMs={aheadMs}
              chime={chime}
              onCall={setCall}
              onOpen={(target) => void navigate(hrefOf(target))}
              onHome={() => void navigate(home)}
            />
          ))}
        </div>
      </div>
      <ShortcutSheet opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
