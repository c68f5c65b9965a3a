import { mount } from 'svelte';
import { configure } from 'ziffer';
import 'ziffer/element';
import Lab from './Lab.svelte';

configure({ dataUrl: 'ziffer/data/mnist/', modelsUrl: 'ziffer/models/' });
mount(Lab, { target: document.querySelector('#app') });
