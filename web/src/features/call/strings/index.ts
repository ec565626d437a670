import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useCallText } = defineStrings('call', { en, 'zh-CN': zhCN });
export type CallText = ReturnType<typeof useCallText>;
