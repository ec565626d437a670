import { flagText, hasFlagText } from './strings';

/** Why a visit was not suitable online, in a few words; a reason of a later version speaks for itself. */
export function reasonWords(reason: string): string {
  const key = `reason.${reason}`;
  return hasFlagText(key) ? flagText(key) : reason;
}

/** What a patient can show of an earlier diagnosis, in a few words. */
export function basisWords(basis: string): string {
  const key = `basis.${basis}`;
  return hasFlagText(key) ? flagText(key) : basis;
}

/** Where the patient was sent, in a few words. */
export function referralWords(referral: string, place: string): string {
  const key =
    referral === 'emergency' && place !== '' ? 'referral.emergencyAt' : `referral.${referral}`;
  return hasFlagText(key) ? flagText(key, { place }) : place;
}
