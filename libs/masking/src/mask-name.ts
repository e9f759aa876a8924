import { isOrganisationName } from './organisation-name';

/** How many asterisks stand for the rest of a name at most: of a long name not even its length is told. */
const MOST_STARS = 3;

/** 复姓: the surnames of two characters that occur today. */
const COMPOUND_SURNAMES: ReadonlySet<string> = new Set([
  ...['欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '夏侯', '长孙', '宇文', '轩辕', '端木'],
  ...['百里', '东郭', '南宫', '西门', '呼延', '独孤', '拓跋', '澹台', '公冶', '宗政', '濮阳', '淳于', '单于', '太叔', '申屠', '闻人'],
]);

/**
 * A person's name with its surname left, as 张* and 欧阳**; a name of one character is hidden whole. The name of an organisation is no
 * personal field and stays. What is masked already stays as it is.
 */
export function maskName(name: string): string {
  if (isOrganisationName(name)) return name;
  const letters = Array.from(name.trim());
  const visible = visibleLetters(letters);
  return letters.slice(0, visible).join('') + '*'.repeat(Math.min(letters.length - visible, MOST_STARS));
}

function visibleLetters(letters: readonly string[]): number {
  if (letters.length < 2) return 0;
  const isCompound = letters.length > 2 && COMPOUND_SURNAMES.has(letters.slice(0, 2).join(''));
  return isCompound ? 2 : 1;
}
