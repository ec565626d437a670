import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { EntryKind } from '../../protocol/signaling';
import { chooseLanguage } from '../../shared/i18n';
import { anEntry } from '../../shared/live/testing';
import { renderView } from '../../shared/test/renderApp';
import { RecordEvents } from './RecordEvents';

const gone = { text: null, detail: null };
const entries = [
  anEntry(1),
  anEntry(2, { ...gone, unreadable: 'damaged' }),
  anEntry(3, { ...gone, unreadable: 'destroyed' }),
  anEntry(4, { ...gone, unreadable: 'destroyed' }),
];
const show = (some = entries) =>
  renderView(<RecordEvents entries={some} people={[]} hospitalZone="Asia/Shanghai" />);

it('says how many entries can no longer be read, and why', () => {
  chooseLanguage('en');
  show();
  expect(screen.getByText(/^1 entry can no longer be read/)).toBeVisible();
  expect(screen.getByText(/^The contents of 2 entries were destroyed/)).toBeVisible();
});

it('says so in Chinese', () => {
  chooseLanguage('zh-CN');
  show();
  expect(screen.getByText(/^有 1 条记录已无法读取/)).toBeVisible();
  expect(screen.getByText(/^有 2 条记录保存期满/)).toBeVisible();
});

it('says nothing of it when everything can be read', () => {
  chooseLanguage('en');
  show(entries.slice(0, 1));
  expect(document.querySelector('[data-unreadable]')).toBeNull();
});

it('says what a guest switched, by the name that the entry has', () => {
  chooseLanguage('en');
  const detail = { name: 'Wang Fang', microphone: false, camera: true };
  show([anEntry(1, { ...gone, kind: 'guest-media', author_id: 'g', detail })]);
  expect(screen.getByText(/Wang Fang switched devices/)).toBeVisible();
  expect(screen.getByText(/microphone off, camera on/)).toBeVisible();
});

it('lets nobody enter before the patient was admitted: a page is opened and closed', () => {
  chooseLanguage('zh-CN');
  const at = (seq: number, kind: EntryKind) => anEntry(seq, { ...gone, kind, author_id: 'p' });
  const entries = [at(1, 'joined'), at(2, 'left'), at(3, 'admitted'), at(4, 'joined')];
  renderView(<RecordEvents entries={entries} people={[]} hospitalZone="Asia/Shanghai" />);
  expect(screen.getByText('有人打开就诊页面')).toBeVisible();
  expect(screen.getByText('有人关闭就诊页面')).toBeVisible();
  expect(screen.getAllByText('有人进入诊室')).toHaveLength(1);
});
