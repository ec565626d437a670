import { defineStrings } from '../../i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useConsoleText } = defineStrings('console', { en, 'zh-CN': zhCN });
