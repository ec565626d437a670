import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconMapPin } from '@tabler/icons-react';
import type { EntryView } from '../../protocol/signaling';
import { useLanguage } from '../../shared/i18n';
import { latestOf } from '../../shared/safety';
import { countryName } from './countries';
import classes from './PatientPlace.module.css';
import { useSafetyText } from './strings';

const written = (value: unknown) => (typeof value === 'string' ? value : '');

/** Where the patient is and the number to call back, on one line, for whoever has to send help. */
export function PatientPlace({ entries }: { entries: readonly EntryView[] }) {
  const text = useSafetyText();
  const [language] = useLanguage();
  const clipboard = useClipboard({ timeout: 2000 });
  const detail = latestOf(entries, 'location')?.detail;
  if (!detail) return null;
  const province = written(detail.province);
  const city = written(detail.city);
  const parts = [
    countryName(written(detail.country), language),
    province,
    // A municipality is its own province.
    city === province ? '' : city,
    written(detail.line),
  ].filter((part) => part !== '');
  const address = parts.join(' ');
  const phone = written(detail.phone);
  const label = clipboard.error
    ? text('doctor.failed')
    : clipboard.copied
      ? text('doctor.copied')
      : text('doctor.copy');
  return (
    <span className={classes.root} role="group" aria-label={text('doctor.place')}>
      <IconMapPin size={16} stroke={1.75} aria-hidden />
      <span className={classes.address} title={address}>
        {address}
      </span>
      <a className={classes.phone} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
        <bdi>{phone}</bdi>
      </a>
      <Tooltip label={label} withArrow>
        <ActionIcon aria-label={label} onClick={() => clipboard.copy(`${address}\n${phone}`)}>
          {clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
