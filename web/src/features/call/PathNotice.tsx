import { IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { LinkState, RoomState } from '../../shared/live';
import classes from './Notices.module.css';
import { useCallText } from './strings';

const saidForMs = 8_000;
const told = ['third-person', 'two-again', 'not-connected', 'lost'] as const;

interface Said {
  what: (typeof told)[number] | 'thirdCame' | 'thirdLeft' | 'invited' | 'withdrawn';
  name: string;
  /** Whom an invitation is for; `name` is whose it is. */
  about?: string;
}

interface Known {
  reason: LinkState['reason'] | null;
  name: string | null;
}

/** What is new, compared with what was known; nothing where it is the same, or all of it is new. */
function newsOf(was: Known, now: Known): Said | undefined {
  const what = was.reason && was.reason !== now.reason && told.find((one) => one === now.reason);
  if (was.name !== null && now.name === null) return { what: 'thirdLeft', name: was.name };
  if (now.name !== null && (what === 'third-person' || was.name === null)) {
    return { what: now.reason === 'third-person' ? 'third-person' : 'thirdCame', name: now.name };
  }
  return what && what !== 'third-person' ? { what, name: '' } : undefined;
}

/** The newest invitation, made or taken back, that is not this page's own doing. */
function invitationOf({ entries, me, other }: RoomState): (Said & { seq: number }) | undefined {
  const last = entries.findLast(
    ({ kind, author_id }) =>
      (kind === 'guest-invited' || kind === 'guest-withdrawn') && author_id !== me?.account_id,
  );
  const about = last?.detail?.name;
  if (last === undefined || typeof about !== 'string') return undefined;
  const what = last.kind === 'guest-invited' ? 'invited' : 'withdrawn';
  return { what, name: other?.display_name ?? '', about, seq: last.seq };
}

/** Says calmly, for a moment, who is invited, who came or went and which way sound and picture go now. */
export function PathNotice({ state, link }: { state: RoomState; link: LinkState }) {
  const text = useCallText();
  const [said, setSaid] = useState<Said | null>(null);
  const reason = link.reason ?? null;
  const name = state.third?.display_name ?? null;
  const known = useRef<Known>({ reason, name });

  useEffect(() => {
    const news = newsOf(known.current, { reason, name });
    known.current = { reason, name };
    if (news) setSaid(news);
  }, [reason, name]);

  const invitation = invitationOf(state);
  const seq = invitation?.seq ?? 0;
  const [knownSeq, setKnownSeq] = useState(seq);
  if (seq > knownSeq) {
    setKnownSeq(seq);
    if (invitation) setSaid(invitation);
  }

  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setSaid(null), saidForMs);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <div className={classes.root} role="status" data-path-notice={said?.what ?? ''}>
      {said !== null && (
        <div className={classes.notice}>
          <IconInfoCircle className={classes.mark} size={20} aria-hidden />
          <p className={classes.what}>
            {text(`path.${said.what}`, { name: said.name, about: said.about ?? '' })}
          </p>
        </div>
      )}
    </div>
  );
}
