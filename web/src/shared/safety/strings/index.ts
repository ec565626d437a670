import { defineStrings } from '../../i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const {
  useText: useFlagText,
  text: flagText,
  has: hasFlagText,
} = defineStrings('red-flags', {
  en,
  'zh-CN': zhCN,
});
