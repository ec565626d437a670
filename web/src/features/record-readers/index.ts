export { RecordReaders } from './RecordReaders';
export { useReadersText } from './strings';
