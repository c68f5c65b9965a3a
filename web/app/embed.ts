// The page for iframes: the element, set by the query string, that tells the page around it how high it is and what happens.

import { followTheme } from './follow_theme.ts';
import { isFramed, parentOrigin, speakWithParent } from './frame_messages.ts';
import { attributesFrom } from './query.ts';
import '../elements/lab/ziffer_lab.ts';

const query = new URLSearchParams(location.search);
const lab = document.createElement('ziffer-lab');
for (const [name, text] of attributesFrom(query)) lab.setAttribute(name, text);
document.documentElement.lang = lab.locale ?? navigator.language;
followTheme(lab);
if (isFramed()) speakWithParent(lab, parentOrigin(query));
document.body.append(lab);
