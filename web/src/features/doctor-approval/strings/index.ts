import { defineStrings } from '../../../shared/i18n';
import en from './en.json';
import zhCN from './zh-CN.json';

const strings = defineStrings('doctorApproval', { en, 'zh-CN': zhCN });

export const useDoctorApprovalText = strings.useText;
