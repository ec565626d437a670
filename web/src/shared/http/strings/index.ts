import { defineStrings } from '../../i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useErrorText, text, has } = defineStrings('errors', { en, 'zh-CN': zhCN });
