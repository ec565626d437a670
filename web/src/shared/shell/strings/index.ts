import { defineStrings } from '../../i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useShellText } = defineStrings('shell', { en, 'zh-CN': zhCN });
