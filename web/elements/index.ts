// Registers <ziffer-lab>, and the file formats in which its models come and go.
import '../formats/index.ts';

export type { ExperimentEvents, Outcome, Phase } from './experiment.ts';
export { type LabEventMap, ZifferLab } from './ziffer_lab.ts';
