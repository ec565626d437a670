import { defineStrings, type Text } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

const strings = defineStrings('accounts', { en, 'zh-CN': zhCN });

export const useAccountsText = strings.useText;
export type AccountsText =
  ReturnType<typeof useAccountsText> extends Text<infer Key> ? Text<Key> : never;
