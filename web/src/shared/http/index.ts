export { ApiError, hasCode, type AlternativeSlot, type FieldErrors } from './apiError';
export { http, setCsrfToken, type RequestOptions } from './client';
export {
  describeError,
  describeField,
  useErrorDescription,
  type ErrorDescription,
} from './describeError';
export { upload, type UploadOptions } from './upload';
export { createQueryClient } from './queryClient';
