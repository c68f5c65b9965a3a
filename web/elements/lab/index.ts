// Registers <ziffer-lab>.

export { configure } from '../../api/index.ts';
export { type Locale, localeFor } from '../../locales/index.ts';
export { decoded, followLink, linkOf } from '../plan/link.ts';
export { ZifferLab } from './ziffer_lab.ts';
