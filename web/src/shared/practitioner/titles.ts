/** The ranks that the state gives to medical staff, in words for who does not read Chinese. */
const inEnglish: Readonly<Record<string, string>> = {
  主任医师: 'Chief physician',
  副主任医师: 'Associate chief physician',
  主治医师: 'Attending physician',
  住院医师: 'Resident physician',
  医师: 'Physician',
  主任药师: 'Chief pharmacist',
  副主任药师: 'Associate chief pharmacist',
  主管药师: 'Pharmacist in charge',
  药师: 'Pharmacist',
};

/** A rank in the page's language; as the hospital wrote it where it is none of the state's. */
export function titleIn(title: string, language: string): string {
  return language === 'zh-CN' ? title : (inEnglish[title] ?? title);
}
