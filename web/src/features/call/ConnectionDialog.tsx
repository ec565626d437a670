import { Button, Modal, Stack } from '@mantine/core';
import { Fragment } from 'react';
import { useFormat } from '../../shared/i18n';
import type { LinkSample, RoomHandle } from '../../shared/live';
import { QualityBars } from '../../shared/ui';
import classes from './ConnectionDialog.module.css';
import { useCallText } from './strings';

export interface ConnectionDialogProps {
  opened: boolean;
  onClose: () => void;
  visit: RoomHandle;
}

/** The last second in figures, for who wants to know and for telling support. */
export function ConnectionDialog({ opened, onClose, visit }: ConnectionDialogProps) {
  const text = useCallText();
  const { sample, quality, theirQuality, thirdQuality } = visit.link;
  const { other, third } = visit.state;
  const others = [
    [other, theirQuality],
    [third, thirdQuality],
  ] as const;
  return (
    <Modal opened={opened} onClose={onClose} title={text('details.title')} withCloseButton={false}>
      <Stack gap="md">
        {sample && quality ? (
          <dl className={classes.list}>
            <dt>{text('details.quality')}</dt>
            <dd>
              <QualityBars quality={quality} />
            </dd>
            {others.map(
              ([person, word]) =>
                person &&
                word && (
                  <Fragment key={person.account_id}>
                    <dt>{text('details.theirs', { name: person.display_name })}</dt>
                    <dd>
                      <QualityBars quality={word} />
                    </dd>
                  </Fragment>
                ),
            )}
            <Figures sample={sample} ofOne={!third} />
          </dl>
        ) : (
          <p className={classes.none}>{text('details.none')}</p>
        )}
        <Button onClick={onClose}>{text('details.close')}</Button>
      </Stack>
    </Modal>
  );
}

/** Of three people's pictures the browser's figures tell one's size, and not whose: then it is left out. */
function Figures({ sample, ofOne }: { sample: LinkSample; ofOne: boolean }) {
  const text = useCallText();
  const format = useFormat();
  const whole = (value: number) => format.number(value, { maximumFractionDigits: 0 });
  const { frameWidth: width, frameHeight: height, roundTripMs, path } = sample;
  const protocol = sample.protocol?.toUpperCase() ?? '';
  const fps = whole(sample.framesPerSecond);
  const rows: [label: string, value: string][] = [];
  if (ofOne && width !== null && height !== null) {
    rows.push([text('details.picture'), text('details.size', { width, height, fps })]);
  }
  if (roundTripMs !== null) {
    rows.push([text('details.roundTrip'), text('details.ms', { ms: whole(roundTripMs) })]);
  }
  if (sample.loss !== null) {
    const loss = format.number(sample.loss, { style: 'percent', maximumFractionDigits: 1 });
    rows.push([text('details.loss'), loss]);
  }
  rows.push(
    [text('details.receiving'), text('details.rate', { rate: whole(sample.kbitInPerSecond) })],
    [text('details.sending'), text('details.rate', { rate: whole(sample.kbitOutPerSecond) })],
  );
  if (path) rows.push([text('details.path'), text(`details.${path}`, { protocol })]);
  return rows.map(([label, value]) => (
    <div key={label} className={classes.row}>
      <dt>{label}</dt>
      <dd className="tv-tabular">{value}</dd>
    </div>
  ));
}
