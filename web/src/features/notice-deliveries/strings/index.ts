import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useDeliveriesText, has: hasDeliveriesText } = defineStrings(
  'notice-deliveries',
  { en, 'zh-CN': zhCN },
);
