import { StateView } from '../../shared/ui';
import { useAuditorText } from './strings';

export function AuditorHome() {
  const text = useAuditorText();
  return <StateView kind="empty" title={text('home.what')} detail={text('home.next')} />;
}
