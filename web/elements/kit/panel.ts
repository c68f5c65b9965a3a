// What every panel is: an element that renders from the experiment, in a language, with the theme's colours.
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { type Locale, localeFor } from '../../locales/index.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Observable } from '../observable/observable.ts';
import { Observe } from '../observable/observe.ts';
import type { Palette } from './palette.ts';

export class Panel extends LitElement {
  @property({ attribute: false }) experiment!: Experiment;
  @property({ attribute: false }) locale: Locale = localeFor('en');
  @property({ attribute: false }) palette!: Palette;

  constructor() {
    super();
    new Observe(this, () => this.subject);
  }

  /** Whoever works with the keyboard is not sent back to the top of the page when what they have pressed goes away. */
  protected override performUpdate(): void {
    const had = this.shadowRoot?.activeElement;
    super.performUpdate();
    if (!had || (had.isConnected && !had.matches(':disabled'))) return;
    this.renderRoot
      .querySelector<HTMLElement>(':is(button, input, select):not(:disabled), [tabindex="0"]')
      ?.focus({ preventScroll: true });
  }

  /** What this panel renders anew with. */
  protected get subject(): Observable | undefined {
    return this.experiment;
  }

  protected get t() {
    return this.locale.t;
  }

  protected get f() {
    return this.locale.f;
  }
}
