import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useChatText } = defineStrings('chat', { en, 'zh-CN': zhCN });
export type ChatText = ReturnType<typeof useChatText>;
