/** The archive's format as the browser checks it: docs/archive-format.md and the C2SP specifications. */
export { base64, hex } from './bytes';
export { openCheckpoint, type OpenedCheckpoint, type Witnessed } from './checkpoint';
export { addendumOf } from './entry';
export { entryMark, readEntryMark, type MarkedEntry } from './entryMark';
export { ArchiveError, type ArchiveProblem } from './errors';
export { formatVerifierKey, parseVerifierKey, type VerifierKey } from './note';
export {
  verifyRecord,
  type EntryCheck,
  type EntryStatus,
  type Fault,
  type FaultKind,
  type RecordCheck,
  type RecordEntry,
  type RecordProof,
  type RecordToCheck,
  type TrustedKeys,
} from './verifyRecord';
export {
  compareWithLog,
  openReceipt,
  type LogSource,
  type Receipt,
  type Standing,
} from './receipt';
export { tilePath } from './tiles';
export type { Epoch } from './epochs';
