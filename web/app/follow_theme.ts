// The look of embed.html: the lab's theme, or that of the page around, as far as it can be seen or says so.
import { schemeAround, watchAround } from '../elements/kit/scheme.ts';
import type { ZifferLabElement } from '../elements/lab/lab_types.ts';

const SCHEMES = ['light', 'dark'];

export function followTheme(lab: ZifferLabElement): void {
  const frame = ownFrame();
  let told: string | null = null;
  const suit = () => {
    const around = told ?? (frame ? schemeAround(frame) : 'auto');
    document.documentElement.dataset.theme = lab.theme === 'auto' ? around : lab.theme;
  };
  suit();
  new MutationObserver(suit).observe(lab, { attributeFilter: ['theme'] });
  if (frame) watchAround(frame, suit);
  addEventListener('message', ({ data, source }) => {
    if (source !== parent || Object(data).type !== 'ziffer-theme') return;
    told = SCHEMES.includes(data.detail) ? data.detail : null;
    suit();
  });
}

/** The iframe; null in a page of another origin, which cannot be looked at. */
function ownFrame(): Element | null {
  try {
    return frameElement;
  } catch {
    return null;
  }
}
