// The lab's page: language and theme are remembered, the page follows the element in both, and the address says which
// experiment is set up, so that a link reproduces it.
import { configure, decoded, followLink, linkOf, localeFor } from '../elements/lab/index.ts';
import { keepSite, keptText } from './kept_site.ts';
import { remember, remembered } from './memory.ts';

// By this address the service worker knows the workers of this page, and gives them files of the page's own build.
configure({ workerUrl: 'worker.js?kept' });

const lab = document.querySelector('ziffer-lab');
if (lab) {
  lab.site = new URL('.', location.href).href;
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

  void lab.load().then((experiment) => {
    const open = () => {
      const link = location.hash.slice(1);
      if (link && decoded(link) !== linkOf(experiment)) followLink(experiment, link);
    };
    open();
    addEventListener('hashchange', open);
    const fresh = linkOf(experiment);
    experiment.subscribe(() => {
      const link = linkOf(experiment);
      // The address stays as it was typed until something is changed.
      if (link === fresh && !location.hash) return;
      if (link !== decoded(location.hash.slice(1))) {
        history.replaceState(null, '', `#${link}`);
      }
    });
  });
}

/** Keeps the site for visits without a connection, and says below the lab whether that went well. */
async function keepForOffline(): Promise<void> {
  const line = document.querySelector('.kept');
  const kept = await keepSite();
  if (!lab || !line || !kept) return;
  const say = () => {
    line.textContent = keptText(kept, localeFor(lab.locale));
  };
  new MutationObserver(say).observe(lab, { attributeFilter: ['locale'] });
  say();
}
// Not before the lab is of use: what it loads comes first.
const idle = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 1000));
addEventListener('ziffer-ready', () => idle(() => void keepForOffline()), { once: true });
