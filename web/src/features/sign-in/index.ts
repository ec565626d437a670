export { SignOnReturnPage } from './SignOnReturnPage';
export { SignInPage } from './SignInPage';
