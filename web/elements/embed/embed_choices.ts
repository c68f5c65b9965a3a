// What is chosen in the embed dialog, and the attributes that it makes.

import {
  DEFAULT_PANELS,
  DEFAULTS,
  PANELS,
  type PanelName,
  type Theme,
} from '../attributes/attributes.ts';
import { linkOf } from '../plan/link.ts';
import type { Plan } from '../plan/plan.ts';
import type { Attributes } from './embed_code.ts';

export interface Choices {
  readonly panels: readonly PanelName[];
  readonly locale: string;
  readonly theme: Theme;
  readonly task: string;
  readonly lockModel: boolean;
  readonly lockSettings: boolean;
  readonly eager: boolean;
  /** Whether the tag takes this version of the script only. */
  readonly fingerprint: boolean;
}

export const FIRST_CHOICES: Choices = {
  panels: DEFAULT_PANELS,
  locale: '',
  theme: 'auto',
  task: '',
  lockModel: false,
  lockSettings: false,
  eager: false,
  fingerprint: true,
};

/** The model and the settings as they are in the lab, and what was chosen; without what holds anyway. */
export function attributesOf(choices: Choices, plan: Plan): Attributes {
  const model = [...new URLSearchParams(linkOf(plan))].filter(
    ([name, text]) => name !== 'preset' || text !== DEFAULTS.preset,
  );
  const panels = PANELS.filter((name) => choices.panels.includes(name));
  const controls = [
    choices.lockModel ? 'lock-presets lock-layers' : '',
    choices.lockSettings ? 'lock-settings' : '',
  ];
  const chosen: [string, string][] = [
    ['panels', panels.join() === DEFAULT_PANELS.join() ? '' : panels.join(' ')],
    ['controls', controls.filter(Boolean).join(' ')],
    ['task', choices.task.trim()],
    ['locale', choices.locale],
    ['theme', choices.theme === 'auto' ? '' : choices.theme],
    ['loading', choices.eager ? 'eager' : ''],
  ];
  return [...model, ...chosen.filter(([, text]) => text !== '')] as Attributes;
}
