import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useAuditText, has: hasAuditText } = defineStrings('audit-trail', {
  en,
  'zh-CN': zhCN,
});
