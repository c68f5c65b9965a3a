import Reveal from './reveal/reveal.esm.js';

Reveal.initialize({
  width: 1280,
  height: 800,
  hash: true,
  center: false,
  transition: 'none',
});
