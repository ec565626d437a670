import { StateView } from '../../shared/ui';
import { useAdminText } from './strings';

export function AdminHome() {
  const text = useAdminText();
  return <StateView kind="empty" title={text('home.what')} detail={text('home.next')} />;
}
