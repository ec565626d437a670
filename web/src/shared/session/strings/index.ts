import { defineStrings } from '../../i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useSessionText } = defineStrings('session', { en, 'zh-CN': zhCN });
