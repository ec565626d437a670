import { IconWifiOff } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import classes from './DemoBanner.module.css';
import { useShellText } from './strings';

function subscribe(notify: () => void): () => void {
  window.addEventListener('online', notify);
  window.addEventListener('offline', notify);
  return () => {
    window.removeEventListener('online', notify);
    window.removeEventListener('offline', notify);
  };
}

/** Appears while the device itself has no network. */
export function OfflineBanner() {
  const online = useSyncExternalStore(subscribe, () => window.navigator.onLine);
  const text = useShellText();
  return (
    <div role="status">
      {!online && (
        <div className={classes.root}>
          <IconWifiOff size={16} aria-hidden />
          <span>{text('offline')}</span>
        </div>
      )}
    </div>
  );
}
