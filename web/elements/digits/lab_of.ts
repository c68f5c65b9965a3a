// The lab that a panel stands in, through the shadow roots around it.

/** The lab, or what is outermost where there is none. */
export function labOf(element: Element): Element {
  const root = element.getRootNode();
  if (element.localName === 'ziffer-lab' || !(root instanceof ShadowRoot)) return element;
  return labOf(root.host);
}
