// Registers <ziffer-lab>.

export { configure } from '../../api/index.ts';
export { localeFor } from '../../locales/index.ts';
export { followLink, linkOf } from '../plan/link.ts';
export { ZifferLab } from './ziffer_lab.ts';
