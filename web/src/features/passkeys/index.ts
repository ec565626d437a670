export { PasskeysList } from './PasskeysList';
export { PasskeysPage } from './PasskeysPage';
