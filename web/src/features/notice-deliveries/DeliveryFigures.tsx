import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../protocol/api';
import { CountBar } from '../../shared/console';
import { http } from '../../shared/http';
import { InlineError } from '../../shared/ui';
import classes from './Deliveries.module.css';
import { counted, marks, type Channel } from './states';
import { useDeliveriesText } from './strings';

type Figures = components['schemas']['DeliveryFiguresView'];

export const figuresKey = ['notice-figures'];

const channels: Channel[] = ['email', 'sms'];

/** One bar for each channel: how its notices of the last days went. */
export function DeliveryFigures() {
  const text = useDeliveriesText();
  const { data, error } = useQuery({
    queryKey: figuresKey,
    queryFn: ({ signal }) => http.get<Figures>('/api/notice-figures', { signal }),
    refetchOnWindowFocus: false,
  });
  if (error && !data) return <InlineError error={error} />;
  if (!data) return <Skeleton height={132} radius="lg" />;
  const ofChannel = (channel: Channel) =>
    counted.map((state) => ({
      state,
      count:
        data.counts.find(
          (one) => one.channel === channel && (one.unsent ? 'unsent' : one.state) === state,
        )?.count ?? 0,
    }));
  const used = channels.filter((channel) => ofChannel(channel).some(({ count }) => count > 0));
  return (
    <section className={classes.figures} aria-label={text('figures', { days: data.days })}>
      <h2 className={classes.name}>{text('figures', { days: data.days })}</h2>
      {used.length === 0 && <p className={classes.quiet}>{text('noFigures')}</p>}
      {used.map((channel) => {
        const parts = ofChannel(channel).filter(({ count }) => count > 0);
        const words = parts
          .map(({ state, count }) => text('figurePart', { count, state: text(`state.${state}`) }))
          .join(', ');
        return (
          <div key={channel} className={classes.channel}>
            <span className={classes.kind}>{text(`channel.${channel}`)}</span>
            <CountBar
              label={text('figureOf', { channel: text(`channel.${channel}`), words })}
              parts={parts.map(({ state, count }) => ({
                key: state,
                name: text(`state.${state}`),
                count,
                tone: marks[state].tone,
              }))}
            />
          </div>
        );
      })}
    </section>
  );
}
