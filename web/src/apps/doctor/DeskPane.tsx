import { Tabs } from '@mantine/core';
import type { Ref } from 'react';
import { ChatPane } from '../../features/chat';
import { usePaneText, VisitTab, type VisitFacts } from '../../features/consultation-pane';
import { EarlierVisits, type VisitPatient } from '../../features/visit-patient';
import type { RoomHandle } from '../../shared/live';
import classes from './DeskPane.module.css';
import { useDoctorText } from './strings';

export type PaneTab = 'chat' | 'visit';

export interface DeskPaneProps {
  ref: Ref<HTMLDivElement>;
  visit: RoomHandle;
  facts: VisitFacts;
  /** Who the patient is, once it is known. */
  patient: VisitPatient | undefined;
  /** Whether this page is in a call with somebody else. */
  otherCall: boolean;
  tab: PaneTab;
  onTab: (tab: PaneTab) => void;
  unread: number;
  hospitalZone: string | undefined;
  aheadMs: number;
}

/** What belongs to the visit beside the picture: the conversation in writing, and its facts. */
export function DeskPane(props: DeskPaneProps) {
  const { ref, visit, facts, patient, tab, onTab, unread, hospitalZone, aheadMs } = props;
  const text = usePaneText();
  const { state } = visit;
  return (
    <aside ref={ref} className={classes.root} aria-label={text('tab.label')}>
      <Tabs
        value={tab}
        onChange={(value) => onTab(value === 'visit' ? 'visit' : 'chat')}
        className={classes.tabs ?? ''}
        classNames={{ panel: classes.panel ?? '' }}
      >
        <Tabs.List className={classes.list ?? ''}>
          <Tabs.Tab value="chat">
            {text('tab.chat')}
            {unread > 0 && (
              <span className={classes.unread}>{text('tab.new', { count: unread })}</span>
            )}
          </Tabs.Tab>
          <Tabs.Tab value="visit">{text('tab.visit')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="chat">
          <Chat {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="visit" className={classes.scrolls ?? ''}>
          <VisitTab
            facts={facts}
            entries={state.entries}
            people={[state.me, state.other]}
            hospitalZone={hospitalZone}
            aheadMs={aheadMs}
          />
          {patient && <EarlierVisits patient={patient} hospitalZone={hospitalZone} />}
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

/** The chat, or why there is none yet: it needs this page in the room. */
function Chat({ visit, facts, otherCall, hospitalZone }: DeskPaneProps) {
  const text = useDoctorText();
  if (visit.state.phase === 'outside' && facts.state === 'planned') {
    return <p className={classes.shut}>{text('chatShut.planned')}</p>;
  }
  if (otherCall && facts.state === 'in-progress') {
    return <p className={classes.shut}>{text('chatShut.other')}</p>;
  }
  return <ChatPane visit={visit} layout="pane" hospitalZone={hospitalZone} />;
}
