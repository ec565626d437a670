import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useJobsText, has: hasJobsText } = defineStrings('dead-jobs', {
  en,
  'zh-CN': zhCN,
});
