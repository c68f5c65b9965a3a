// The page for iframes: every attribute of the element can be given in the query string.
import '../elements/index.ts';

const lab = document.createElement('ziffer-lab');
for (const [name, value] of new URLSearchParams(location.search)) {
  if (/^[a-z-]+$/.test(name)) lab.setAttribute(name, value);
}
document.documentElement.lang = lab.getAttribute('locale') ?? navigator.language;
document.documentElement.dataset.theme = lab.getAttribute('theme') ?? 'auto';
document.body.append(lab);
