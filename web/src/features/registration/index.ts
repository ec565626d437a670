export { RegisterPage } from './RegisterPage';
export { ResetPage } from './ResetPage';
