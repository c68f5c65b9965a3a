// The goal that the page names: its panel is fetched with it, and what it finds is told to the page.
import { html, type TemplateResult } from 'lit';
import type { Locale } from '../../locales/index.ts';
import { part } from '../../platform/parts.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { GoalReport } from '../plan/goal.ts';
import type { Host } from './host.ts';

export class PageGoal {
  #state: 'away' | 'coming' | 'here' = 'away';

  constructor(
    private readonly host: Host,
    private readonly experiment: Experiment,
  ) {}

  render(locale: Locale): TemplateResult | null {
    const { element, value } = this.host;
    const text = value('goal');
    if (text === null) return null;
    if (this.#state === 'away') this.#fetch();
    // Not before its class is there: it listens from its first moment on.
    if (this.#state !== 'here') return null;
    return html`<ziffer-goal
      exportparts="panel, title, button"
      .experiment=${this.experiment}
      .locale=${locale}
      .lab=${element}
      .text=${text}
      .complain=${(expected: string | null) => this.#complain(text, expected)}
      .tell=${this.#tell}
    ></ziffer-goal>`;
  }

  #fetch(): void {
    this.#state = 'coming';
    part('the goal of the lab', () => import('../goal/goal_panel.ts')).then(
      () => {
        this.#state = 'here';
        this.host.element.requestUpdate();
      },
      (cause) => {
        this.#state = 'away';
        this.host.fail(cause);
      },
    );
  }

  #complain(text: string, expected: string | null): void {
    // Not while the lab is being drawn.
    if (expected !== null) queueMicrotask(() => this.host.complain('goal', text, expected));
  }

  readonly #tell = (detail: GoalReport): void => {
    const event = new CustomEvent('ziffer-goal', { detail, bubbles: true, composed: true });
    this.host.element.dispatchEvent(event);
  };
}
