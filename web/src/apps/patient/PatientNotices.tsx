import { Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { NoticeChoice, useNoticesText } from '../../features/notices';
import { usePageTitle } from '../../shared/shell';
import classes from './sections.module.css';
import { usePatientText } from './strings';

/** How the patient wants to be told of visits. */
export function PatientNotices() {
  const text = useNoticesText();
  const ownText = usePatientText();
  usePageTitle(text('title'));
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{text('title')}</Title>
        <p className={classes.lead}>{text('lead')}</p>
        <Link to="/me" className={classes.link}>
          {ownText('me.back')}
        </Link>
      </div>
      <NoticeChoice />
    </Stack>
  );
}
