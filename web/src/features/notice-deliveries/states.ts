import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconClock,
  IconRefresh,
  IconSend,
  IconSendOff,
  type Icon,
} from '@tabler/icons-react';
import type { components } from '../../protocol/api';
import type { Tone } from '../../shared/ui';
import { hasDeliveriesText, type useDeliveriesText } from './strings';

export type State = components['schemas']['DeliveryState'];
export type Channel = components['schemas']['DeliveryView']['channel'];

/** In the order in which a delivery goes; what went wrong first. */
export const states: State[] = ['given-up', 'failed', 'queued', 'waiting', 'sent', 'dropped'];

/** Dropped ones that somebody would have needed are said apart from those that nobody needs any more. */
export type Shown = State | 'unsent';

const unsent: readonly (string | null)[] = ['no_server', 'no_address', 'too_late'];

export const shownOf = (state: State, reason: string | null): Shown =>
  state === 'dropped' && unsent.includes(reason) ? 'unsent' : state;

/** In the order in which they are counted. */
export const counted: readonly Shown[] = ['given-up', 'unsent', ...states.slice(1)];

export const marks: Record<Shown, { icon: Icon; tone: Tone }> = {
  'given-up': { icon: IconAlertTriangle, tone: 'bad' },
  failed: { icon: IconRefresh, tone: 'amber' },
  queued: { icon: IconSend, tone: 'brand' },
  waiting: { icon: IconClock, tone: 'neutral' },
  sent: { icon: IconCircleCheck, tone: 'good' },
  unsent: { icon: IconSendOff, tone: 'amber' },
  dropped: { icon: IconCircleMinus, tone: 'neutral' },
};

/** Why a notice was not sent, in plain words; the code of who refused it stays readable. */
export function reasonOf(
  reason: string,
  channel: Channel,
  text: ReturnType<typeof useDeliveriesText>,
): string {
  const key = `reason.${reason}`;
  if (hasDeliveriesText(key)) return text(key);
  if (channel === 'sms') return text('reason.provider', { code: reason });
  return text(/^5\d\d$/.test(reason) ? 'reason.smtp5' : 'reason.other', { code: reason });
}
