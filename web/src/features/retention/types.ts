/** What the API says of retention, and where the answers are kept. */
import type { components } from '../../protocol/api';

export type KeptRecord = components['schemas']['KeptRecord'];
export type KeptRecords = components['schemas']['KeptRecords'];
export type Terms = components['schemas']['RetentionTerms'];
export type Hold = components['schemas']['HoldView'];
export type Holds = components['schemas']['Holds'];
export type DestructionRequest = components['schemas']['DestructionRequestView'];
export type DestructionRequests = components['schemas']['DestructionRequests'];
export type RequestDetail = components['schemas']['RequestDetail'];
export type Requested = components['schemas']['DestructionRequested'];
export type Hindrance = components['schemas']['Hindrance'];

export const retentionKey = ['retention'] as const;
export const recordsKey = [...retentionKey, 'records'] as const;
export const holdsKey = [...retentionKey, 'holds'] as const;
export const requestsKey = [...retentionKey, 'requests'] as const;
