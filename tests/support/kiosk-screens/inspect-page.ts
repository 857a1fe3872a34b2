// What is measured on a rendered screen: nothing cut off, nothing too small to read or to touch.

export interface Finding {
  readonly what: string;
  readonly where: string;
}

/** Runs in the page: everything it needs stands inside. */
export function inspectPage(): Finding[] {
  const MIN_TEXT_PX = 24;
  const MIN_TARGET_PX = 64;
  const findings: Finding[] = [];
  const place = (element: Element) =>
    `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}"`;
  const dialog = document.querySelector('dialog[open]');
  const root = dialog ?? document.body;
  const isShown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.visually-hidden') === null;

  for (const element of Array.from(root.querySelectorAll('button, input'))) {
    if (!isShown(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width < MIN_TARGET_PX - 0.5 || box.height < MIN_TARGET_PX - 0.5)
      findings.push({
        what: `target ${box.width.toFixed(0)}×${box.height.toFixed(0)}`,
        where: place(element),
      });
    if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      findings.push({ what: 'outside the screen', where: place(element) });
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element === null || (walker.currentNode.textContent ?? '').trim() === '' || !isShown(element))
      continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < MIN_TEXT_PX) findings.push({ what: `text ${String(size)} px`, where: place(element) });
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    const isScrolled = element.closest('[tabindex="0"]') !== null;
    if (
      !isScrolled &&
      (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
    )
      findings.push({ what: 'text outside the screen', where: place(element) });
  }
  for (const element of Array.from(document.querySelectorAll('main, main > div:last-child'))) {
    if (element.scrollHeight > element.clientHeight + 1)
      findings.push({
        what: `content ${String(element.scrollHeight)} in ${String(element.clientHeight)} px`,
        where: place(element),
      });
    if (element.scrollWidth > element.clientWidth + 1)
      findings.push({ what: 'wider than its place', where: place(element) });
  }
  const body = document.querySelector('main > div:last-child')?.getBoundingClientRect();
  const help = document.querySelector('footer')?.getBoundingClientRect();
  if (dialog === null && body !== undefined && help !== undefined)
    for (const child of Array.from(document.querySelectorAll('main > div:last-child > *'))) {
      const box = child.getBoundingClientRect();
      if (box.bottom > help.top + 1 || box.top < -1)
        findings.push({
          what: `reaches ${(box.bottom - help.top).toFixed(0)} px under the help edge`,
          where: place(child),
        });
    }
  return findings;
}
