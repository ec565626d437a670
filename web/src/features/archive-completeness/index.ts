export { CompletenessPage, type CompletenessPageProps } from './CompletenessPage';
export { RecordsPage, type RecordsPageProps } from './RecordsPage';
