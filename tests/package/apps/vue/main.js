import { createApp } from 'vue';
import { configure } from 'ziffer';
import 'ziffer/element';
import Lab from './Lab.vue';

configure({ dataUrl: 'ziffer/data/mnist/', modelsUrl: 'ziffer/models/' });
createApp(Lab).mount('#app');
