// What a page's author sees of <ziffer-lab>: its properties, methods and events, without what it is built with.
import type { StrokePoint } from '../../api/index.ts';
import type { LabProperties } from '../attributes/attributes.ts';
import type { Experiment, ExperimentEvents } from '../experiment/experiment.ts';
import type { Settings } from '../plan/settings.ts';

export type { LabProperties, PanelName, Theme } from '../attributes/attributes.ts';
export type { Experiment, ExperimentEvents, Outcome, Phase } from '../experiment/experiment.ts';
export type { Settings } from '../plan/settings.ts';

/** The events of the element, all bubbling and composed. */
export type LabEventMap = {
  [K in keyof ExperimentEvents as `ziffer-${K}`]: CustomEvent<ExperimentEvents[K]>;
};

export interface ZifferLabElement extends HTMLElement, LabProperties {
  /** The settings of the training in force; setting some leaves the others as they are. */
  get settings(): Readonly<Settings>;
  set settings(settings: Partial<Settings>);
  /** The folder of the site, with its slash at the end; where it is set, the bar offers to embed the lab. */
  site: string | null;
  /** What the panels show, for pages that build panels of their own. Errors: `invalid_state` before `load` has resolved. */
  readonly experiment: Experiment;
  /** Loads the panels, as being seen does. Resolves when they are there; stays pending while the element is in no page. */
  load(): Promise<Experiment>;
  /** Trains, or goes on from a pause. */
  start(): void;
  /** Trains the model further from the weights that it has, as a second fit in Keras does. */
  trainOn(): void;
  pause(): void;
  /** Ends the training and keeps what was learned. */
  stop(): void;
  /** Back to the untrained network of the same seed. */
  reset(): void;
  /** Draws strokes of points in any unit on the pad and lets the network read them. */
  draw(strokes: readonly (readonly StrokePoint[])[]): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'ziffer-lab': ZifferLabElement;
  }
  interface GlobalEventHandlersEventMap extends LabEventMap {}
}
