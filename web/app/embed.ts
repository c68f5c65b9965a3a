// The page for iframes: every attribute of the element can be given in the query string.
import { ZifferLab } from '../elements/index.ts';

const lab = document.createElement('ziffer-lab');
// Only what the element knows: an address from a stranger must not set an `onclick`.
const known = ZifferLab.observedAttributes;
for (const [name, value] of new URLSearchParams(location.search)) {
  if (known.includes(name)) lab.setAttribute(name, value);
}
document.documentElement.lang = lab.getAttribute('locale') ?? navigator.language;
document.documentElement.dataset.theme = lab.getAttribute('theme') ?? 'auto';
document.body.append(lab);
