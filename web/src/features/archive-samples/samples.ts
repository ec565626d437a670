/** What the pages of samples share: how they are asked for. */
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

export type Sample = components['schemas']['SampleSummary'];
export type SampleView = components['schemas']['SampleView'];
export type Sampled = components['schemas']['SampledConsultation'];
export type NewSample = components['schemas']['NewSample'];
export type NewReview = components['schemas']['NewSampleReview'];
export type Finding = NewReview['finding'];

const address = '/api/archive/samples';

export const listKey = ['archive', 'samples'];
export const sampleKey = (id: string) => [...listKey, id];

export const readList = (cursor: string | undefined, signal: AbortSignal) =>
  http.get<components['schemas']['Samples']>(address, { signal, query: { cursor } });

export const readSample = (id: string, signal: AbortSignal) =>
  http.get<SampleView>(`${address}/${id}`, { signal });

export const readPopulation = (id: string) =>
  http.get<components['schemas']['SamplePopulation']>(`${address}/${id}/population`, {
    timeoutMs: 60_000,
  });

export const drawSample = (body: NewSample) => http.post<Sample>(address, body);

export const keepReview = (id: string, body: NewReview) =>
  http.post(`${address}/${id}/reviews`, body);
