/** What a patient can show of an earlier diagnosis, and what is known of it. */
import type { components } from '../../protocol/api';

export type Basis = components['schemas']['DiagnosisBasis'];
export type Known = components['schemas']['DiagnosisView'];

export const bases: readonly Basis[] = ['documents', 'earlier_visit', 'none'];
