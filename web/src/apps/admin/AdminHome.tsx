import { useQueryClient } from '@tanstack/react-query';
import { CallOff } from '../../features/appointment-changes';
import { AppointmentDesk } from '../../features/appointment-desk';
import { figuresKey, FiguresPanel } from '../../features/hospital-figures';
import { Page } from '../../shared/console';
import { useHospitalTime, useToday } from '../../shared/session';
import { jobsPath } from './places';
import { useAdminText } from './strings';

/** Today: the figures first, then the appointments. */
export function AdminHome() {
  const text = useAdminText();
  const client = useQueryClient();
  const time = useHospitalTime();
  const today = useToday();
  return (
    <Page title={text('home')} lead={text('zone', { zone: time.zoneShort(`${today}T12:00:00Z`) })}>
      <FiguresPanel jobsPath={jobsPath} />
      <AppointmentDesk
        onChanged={() => void client.invalidateQueries({ queryKey: figuresKey })}
        callOff={(visit, onDone) => <CallOff visit={visit} onDone={onDone} />}
      />
    </Page>
  );
}
