// The lab's page: language and theme are remembered, and the page follows the element in both.
import '../elements/index.ts';
import { localeFor } from '../locales/index.ts';
import { remember, remembered } from './memory.ts';

const lab = document.querySelector('ziffer-lab');
if (lab) {
  lab.locale = remembered('locale') ?? navigator.language;
  const theme = remembered('theme');
  if (theme === 'light' || theme === 'dark') lab.theme = theme;

  const follow = () => {
    const { t } = localeFor(lab.locale);
    document.documentElement.lang = t.code;
    document.documentElement.dir = t.dir;
    document.documentElement.dataset.theme = lab.theme;
    document.title = t.app.title;
    remember('theme', lab.theme);
    if (lab.locale && lab.locale !== navigator.language) remember('locale', lab.locale);
  };
  new MutationObserver(follow).observe(lab, { attributeFilter: ['locale', 'theme'] });
  follow();
}
