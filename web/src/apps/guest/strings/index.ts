import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useGuestText } = defineStrings('guest', { en, 'zh-CN': zhCN });
