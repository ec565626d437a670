/** Whose clock a zone is; null for one that was chosen on another device. */
export interface OfferedZone {
  zone: string;
  whose: 'zoneHospital' | 'zoneHere' | null;
}

/** The zones to choose from: the hospital's, this device's, and the one that is chosen. */
export function zonesOf(
  hospital: string,
  chosen: string | null,
  here = Intl.DateTimeFormat().resolvedOptions().timeZone,
): OfferedZone[] {
  const found: OfferedZone[] = [{ zone: hospital, whose: 'zoneHospital' }];
  if (here !== hospital) found.push({ zone: here, whose: 'zoneHere' });
  if (chosen !== null && !found.some(({ zone }) => zone === chosen)) {
    found.push({ zone: chosen, whose: null });
  }
  return found;
}

/** A zone in words: China Time, 中国时间. */
export function zoneName(zone: string, language: string): string {
  const part = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'shortGeneric' })
    .formatToParts(new Date())
    .find(({ type }) => type === 'timeZoneName');
  return part?.value ?? zone;
}
