import { defineStrings, type Text } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

const strings = defineStrings('archive-replay', { en, 'zh-CN': zhCN });

export const useReplayText = strings.useText;
export const hasReplayText = strings.has;
export type ReplayText =
  ReturnType<typeof useReplayText> extends Text<infer Key> ? Text<Key> : never;
