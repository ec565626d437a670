// Ids, headings, landmarks, width: what is wrong with how the page is built.
() => {
  const wrong = [];
  const ids = new Map();
  for (const { id } of document.querySelectorAll('[id]')) ids.set(id, (ids.get(id) ?? 0) + 1);
  for (const [id, count] of ids) if (count > 1) wrong.push(`the id ${id} is there ${count} times`);
  for (const name of ['aria-labelledby', 'aria-describedby']) {
    for (const one of document.querySelectorAll(`[${name}]`)) {
      for (const id of one.getAttribute(name).split(/\s+/)) {
        if (!document.getElementById(id)) wrong.push(`${name} names ${id}, which is not there`);
      }
    }
  }
  const exposed = (one) => one.checkVisibility() && !one.closest('[aria-hidden="true"], [inert]');
  const count = (selector) => [...document.querySelectorAll(selector)].filter(exposed).length;
  if (count('h1') !== 1) wrong.push(`${count('h1')} first headings`);
  if (count('main') !== 1) wrong.push(`${count('main')} main parts`);
  if (document.title.trim() === '') wrong.push('no title');
  if (!['en', 'zh-CN'].includes(document.documentElement.lang)) wrong.push('no language');
  for (const one of document.querySelectorAll('[tabindex]')) {
    if (Number(one.getAttribute('tabindex')) > 0) wrong.push('a tabindex above 0');
  }
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) wrong.push(`${wide} px wider than the window`);
  return wrong;
}
