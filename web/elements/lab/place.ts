// Where a lab is: on which page, which of the labs there, and with which data, so that each finds its own runs again.

export function placeOf(lab: Element): string {
  const labs = (lab.getRootNode() as ParentNode).querySelectorAll(lab.localName);
  const which = lab.id || String([...labs].indexOf(lab));
  return [location.pathname + location.search, which, lab.getAttribute('data') ?? ''].join(' ');
}
