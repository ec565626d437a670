import { StateView } from '../../shared/ui';
import { useDoctorText } from './strings';

export function DoctorHome() {
  const text = useDoctorText();
  return <StateView kind="empty" title={text('home.what')} detail={text('home.next')} />;
}
