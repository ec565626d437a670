export { AuditPage, type AuditPageProps } from './AuditPage';
