export { KeywordPage, type KeywordPageProps } from './KeywordPage';
export { ResultPage, type ResultPageProps } from './ResultPage';
