import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

export const { useText: useKeywordText } = defineStrings('archive-keyword', { en, 'zh-CN': zhCN });
