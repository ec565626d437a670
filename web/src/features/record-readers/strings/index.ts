import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useReadersText, has: hasReadersText } = defineStrings('record-readers', {
  en,
  'zh-CN': zhCN,
});
