import Reveal from './reveal/reveal.esm.js';

// The lab has keys of its own: arrows draw on its pad.
const inLab = () => document.activeElement?.localName === 'ziffer-lab';
Reveal.initialize({
  width: 1280,
  height: 800,
  hash: true,
  center: false,
  transition: 'none',
  keyboardCondition: () => !inLab(),
});
