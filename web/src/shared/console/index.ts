/** What the staff's consoles share and a patient never downloads. */
export { ConsultationPill, type ConsultationState } from './ConsultationPill';
export { CopyText, type CopyTextProps } from './CopyText';
export { CountBar, type CountBarProps, type Part } from './CountBar';
export { DenseTable, type Column, type DenseTableProps } from './DenseTable';
export { Page, type PageProps } from './Page';
export { PagedTable, type Paged, type PagedTableProps } from './PagedTable';
export { RowLink, type RowLinkProps } from './RowLink';
