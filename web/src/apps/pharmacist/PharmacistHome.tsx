import { StateView } from '../../shared/ui';
import { usePharmacistText } from './strings';

export function PharmacistHome() {
  const text = usePharmacistText();
  return <StateView kind="empty" title={text('home.what')} detail={text('home.next')} />;
}
