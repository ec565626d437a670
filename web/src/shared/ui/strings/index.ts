import { defineStrings } from '../../i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useUiText } = defineStrings('ui', { en, 'zh-CN': zhCN });
