// What a look at the page would find: text beyond the edge, wider than its box, cut off, or written over other text.
// `flaws` runs in the page, so everything that it needs stands inside it.

export function flaws(): string[] {
  const found: string[] = [];
  const edge = document.documentElement.clientWidth;
  const name = (e: Element) =>
    `${e.localName}.${e.className} “${(e.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;

  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const parent = (e: Element): Element | null => {
    if (e.assignedSlot) return e.assignedSlot;
    const root = e.parentNode;
    return root instanceof ShadowRoot ? root.host : e.parentElement;
  };
  const lineage = (e: Element): Element[] => {
    const line: Element[] = [];
    for (let at: Element | null = e; at; at = parent(at)) line.push(at);
    return line;
  };
  const seen = (e: Element) =>
    e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    // For screen readers only; drawn by a library on a canvas; fixed to the edge on purpose.
    !lineage(e).some((a) => a.matches('.hush, .uplot, svg, ziffer-train-bar, noscript, option'));

  /** A box inside what shows it: a scrolling or clipping ancestor shows only a part. */
  const shown = (rect: DOMRect, of: Element) => {
    let { left, top, right, bottom } = rect;
    for (const a of lineage(of)) {
      const { overflowX, overflowY } = getComputedStyle(a);
      const box = a.getBoundingClientRect();
      if (overflowX !== 'visible')
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (overflowY !== 'visible')
        [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, top, right, bottom };
  };

  // What lies behind an open dialog cannot be reached.
  const everything = all(document);
  const dialog = everything.find((e) => e.matches('dialog:modal'));
  const elements = everything.filter((e) => seen(e) && (!dialog || lineage(e).includes(dialog)));
  for (const e of elements) {
    const { overflowX, overflowY, display } = getComputedStyle(e);
    if (display === 'inline' || e.clientWidth === 0 || e.localName === 'canvas') continue;
    const scrolls = lineage(e)
      .slice(1)
      .some(
        (a) => /auto|scroll/.test(getComputedStyle(a).overflowX) && a !== document.documentElement,
      );
    if (!scrolls && e.getBoundingClientRect().right > edge + 1)
      found.push(`beyond the edge: ${name(e)}`);
    if (e.localName === 'select') {
      const { font, paddingLeft } = getComputedStyle(e);
      const context = document.createElement('canvas').getContext('2d')!;
      context.font = font;
      const text = (e as HTMLSelectElement).selectedOptions[0]?.textContent?.trim() ?? '';
      // The arrow takes about 16 px.
      const room = e.clientWidth - 2 * Number.parseFloat(paddingLeft) - 16;
      if (context.measureText(text).width > room + 1) found.push(`choice cut off: ${text}`);
      continue;
    }
    if (e.scrollWidth > e.clientWidth + 1 && !/auto|scroll/.test(overflowX)) {
      found.push(`wider than its box: ${name(e)}`);
    }
    if (e.scrollHeight > e.clientHeight + 2 && /hidden|clip/.test(overflowY)) {
      found.push(`cut off below: ${name(e)}`);
    }
  }

  // Lines of text, and what is pressed: none may cover another.
  interface Thing {
    of: Element;
    control: boolean;
    left: number;
    top: number;
    right: number;
    bottom: number;
  }
  const things: Thing[] = [];
  for (const e of elements) {
    if (/^(button|input|select|summary)$/.test(e.localName)) {
      things.push({ of: e, control: true, ...shown(e.getBoundingClientRect(), e) });
    }
    for (const node of e.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        things.push({ of: e, control: false, ...shown(rect, e) });
      }
    }
  }
  const real = things.filter((t) => t.right - t.left > 1 && t.bottom - t.top > 1);
  real.sort((a, b) => a.top - b.top);
  const related = (a: Element, b: Element) =>
    a === b || lineage(a).includes(b) || lineage(b).includes(a);
  /** One control whole inside another, as the grip on a layer's card: meant so. */
  const inside = (a: Thing, b: Thing) =>
    a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const onTop = (a: Thing, b: Thing) => a.control && b.control && (inside(a, b) || inside(b, a));
  for (const [i, a] of real.entries()) {
    for (const b of real.slice(i + 1)) {
      if (b.top > a.bottom - 3) break;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 3 && !related(a.of, b.of) && !onTop(a, b)) {
        found.push(`over each other: ${name(a.of)} and ${name(b.of)}`);
      }
    }
  }
  return [...new Set(found)];
}
