export { ReceiptLine, type ReceiptLineProps } from './ReceiptLine';
export { ReceiptPage } from './ReceiptPage';
