/**
 * Keeps the window on its page (security.md W3). The web view follows whatever link, form or dropped file it
 * meets, and has no address bar to tell where it is and no way back. Nothing of ours needs it to.
 */
export function stayHere(page: Document): void {
  page.addEventListener('click', refuseLink, true);
  page.addEventListener('auxclick', refuseLink, true);
  page.addEventListener('submit', refuse, true);
  page.addEventListener('dragover', refuseFiles, true);
  page.addEventListener('drop', refuseFiles, true);
}

const refuse = (event: Event) => event.preventDefault();

/** A link within the page may be followed; everything else is opened by the agent, in the browser. */
function refuseLink(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest('a[href], area[href]') : null;
  if (link && !link.getAttribute('href')?.startsWith('#')) event.preventDefault();
}

/** Text may be dragged into a field; a file or an address would be shown in place of the page. */
function refuseFiles(event: DragEvent): void {
  const kinds: readonly string[] = event.dataTransfer?.types ?? [];
  if (kinds.includes('Files') || kinds.includes('text/uri-list')) event.preventDefault();
}
