/** What the staff's consoles share and a patient never downloads. */
export { ConsultationPill, type ConsultationState } from './ConsultationPill';
export { CopyText, type CopyTextProps } from './CopyText';
export { DenseTable, type Column, type DenseTableProps } from './DenseTable';
export { Page, type PageProps } from './Page';
export { RowLink, type RowLinkProps } from './RowLink';
