export { PaymentReceipts } from './PaymentReceipts';
export { useReceiptsText } from './strings';
