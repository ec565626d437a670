/** ISO 3166-1 alpha-2: the codes; their names are the browser's. */
const codes =
  'AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WS YE YT ZA ZM ZW'.split(
    ' ',
  );

/** As a hospital of the mainland publishes them; the browser's own names differ. */
const parts: Readonly<Record<string, readonly [chinese: string, english: string]>> = {
  HK: ['中国香港', 'Hong Kong, China'],
  MO: ['中国澳门', 'Macao, China'],
  TW: ['中国台湾', 'Taiwan, China'],
};

export function countryName(code: string, language: string): string {
  const part = parts[code];
  if (part) return part[language === 'zh-CN' ? 0 : 1];
  try {
    return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** All countries and regions by name: the hospital's first, the others in the order of the language. */
export function countriesIn(language: string, home: string): { value: string; label: string }[] {
  const collator = new Intl.Collator(language);
  return codes
    .map((value) => ({ value, label: countryName(value, language) }))
    .sort(
      (one, other) =>
        Number(other.value === home) - Number(one.value === home) ||
        collator.compare(one.label, other.label),
    );
}

/** The zones of a country; not every browser knows them. */
function zonesOf(code: string): readonly string[] {
  const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & {
    getTimeZones?: () => readonly string[];
    /** What it was called before. */
    timeZones?: readonly string[];
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** The country whose clock the hospital keeps; China where that cannot be known. */
export function countryOf(zone: string | undefined): string {
  return codes.find((code) => zone !== undefined && zonesOf(code).includes(zone)) ?? 'CN';
}
