export { NoticeChoice } from './NoticeChoice';
export { useNoticesText } from './strings';
