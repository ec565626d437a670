import { Tabs } from '@mantine/core';
import { IconCalendarDue, IconLock, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Page } from '../../shared/console';
import { http } from '../../shared/http';
import { HoldsPanel } from './HoldsPanel';
import { RecordsPanel } from './RecordsPanel';
import { RequestsPanel } from './RequestsPanel';
import classes from './RetentionPage.module.css';
import { isLive } from './steps';
import { useRetentionText } from './strings';
import { holdsKey, requestsKey, type DestructionRequests, type Holds } from './types';

const tabs = ['requests', 'records', 'holds'] as const;
type TabName = (typeof tabs)[number];

const isTab = (value: string | null): value is TabName => tabs.some((name) => name === value);

/** What is kept until when, what is held, and what three people decide to destroy. */
export function RetentionPage() {
  const text = useRetentionText();
  const [parameters, setParameters] = useSearchParams();
  const [said, setSaid] = useState('');
  const asked = parameters.get('show');
  const tab = isTab(asked) ? asked : 'requests';
  const show = (name: TabName) => {
    setSaid('');
    setParameters(name === 'requests' ? {} : { show: name }, { replace: true });
  };

  const requests = useQuery({
    queryKey: requestsKey,
    queryFn: ({ signal }) => http.get<DestructionRequests>('/api/retention/requests', { signal }),
  });
  const holds = useQuery({
    queryKey: holdsKey,
    queryFn: ({ signal }) => http.get<Holds>('/api/retention/holds', { signal }),
  });
  const counts: Record<TabName, number | undefined> = {
    requests: requests.data?.requests.filter(isLive).length,
    records: undefined,
    holds: holds.data?.holds.filter(({ lift }) => lift === null).length,
  };
  const icons = { requests: IconUsersGroup, records: IconCalendarDue, holds: IconLock };

  return (
    <Page title={text('title')} lead={text('lead')}>
      <Tabs
        value={tab}
        onChange={(value) => show(isTab(value) ? value : 'requests')}
        keepMounted={false}
        classNames={{ panel: classes.panel ?? '' }}
      >
        <Tabs.List className={classes.list ?? ''}>
          {tabs.map((name) => {
            const Mark = icons[name];
            const count = counts[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<Mark size={18} aria-hidden />}>
                {text(`tab.${name}`)}
                {count !== undefined && count > 0 && <span className={classes.count}>{count}</span>}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <p className={classes.said} role="status">
          {said}
        </p>
        <Tabs.Panel value="requests">
          <RequestsPanel requests={requests} onSaid={setSaid} onRecords={() => show('records')} />
        </Tabs.Panel>
        <Tabs.Panel value="records">
          <RecordsPanel onSaid={setSaid} />
        </Tabs.Panel>
        <Tabs.Panel value="holds">
          <HoldsPanel holds={holds} onSaid={setSaid} onRecords={() => show('records')} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
