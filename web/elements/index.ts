// Registers <ziffer-lab>.

export { localeFor } from '../locales/index.ts';
export type { ExperimentEvents, Outcome, Phase } from './experiment.ts';
export { followLink, linkOf } from './experiment_link.ts';
export { type LabEventMap, ZifferLab } from './ziffer_lab.ts';
