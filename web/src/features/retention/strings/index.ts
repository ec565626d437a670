import { defineStrings, type Text } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

const strings = defineStrings('retention', { en, 'zh-CN': zhCN });

export const useRetentionText = strings.useText;
export type RetentionText =
  ReturnType<typeof useRetentionText> extends Text<infer Key> ? Text<Key> : never;
