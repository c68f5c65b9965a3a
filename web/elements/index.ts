// Registers <ziffer-lab>.
export type { ExperimentEvents, Outcome, Phase } from './experiment.ts';
export { type LabEventMap, ZifferLab } from './ziffer_lab.ts';
