// The page for iframes: the element, set by the query string, that tells the page around it how high it is and what happens.

import type { ZifferLab } from '../elements/lab/ziffer_lab.ts';
import { part } from '../platform/parts.ts';
import { followTheme } from './follow_theme.ts';
import { isFramed, parentOrigin, speakWithParent } from './frame_messages.ts';
import { attributesFrom, complaintsFrom } from './query.ts';
import '../elements/lab/ziffer_lab.ts';

const query = new URLSearchParams(location.search);
const lab = document.createElement('ziffer-lab') as ZifferLab;
for (const [name, text] of attributesFrom(query)) lab.setAttribute(name, text);
for (const { name, text, expected } of complaintsFrom(query)) lab.complain(name, text, expected);
document.documentElement.lang = lab.locale ?? navigator.language;
followTheme(lab);
if (isFramed()) speakWithParent(lab, parentOrigin(query));
document.body.append(lab);

const activity = query.get('activity');
const origin = parentOrigin(query);
if (isFramed() && activity && origin) {
  part('what speaks with the exercise around it', () => import('./splice.ts')).then(
    ({ speakSplice }) => speakSplice(lab, activity, origin),
    (cause) => console.warn('embed.html: this visit is neither kept nor marked.', cause),
  );
}
