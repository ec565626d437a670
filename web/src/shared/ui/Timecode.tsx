import { useEffect, useState } from 'react';
import { formatTimecode } from '../i18n';

export type TimecodeProps = { seconds: number } | { since: Date | string };

/** A length of time as 4:05: fixed when given seconds, running when given when it began. */
export function Timecode(props: TimecodeProps) {
  if ('seconds' in props) return <Written seconds={props.seconds} />;
  return <Running since={new Date(props.since).getTime()} />;
}

function Running({ since }: { since: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <Written seconds={(now - since) / 1000} />;
}

function Written({ seconds }: { seconds: number }) {
  const whole = Math.max(0, Math.floor(seconds));
  return (
    <time className="tv-tabular" dateTime={`PT${whole}S`}>
      {formatTimecode(whole)}
    </time>
  );
}
